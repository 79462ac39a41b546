/** The cache of what was read, which never takes an answer for newer than it is. */
import { type InvalidateQueryFilters, type InvalidateOptions, type Query, QueryClient } from "@tanstack/react-query";

/**
 * Reads again what became stale while it was first being read.
 *
 * The library lets a first read run on when it is invalidated, and then takes its answer for fresh, though the server may
 * have given it before the change: a list opened in the second somebody called would lack that call until it is left.
 * https://github.com/TanStack/query (query-core, `Query.fetch`)
 */
export class FreshQueries extends QueryClient {
  private readonly overtaken = new Set<Query>();

  override invalidateQueries(filters?: InvalidateQueryFilters, options?: InvalidateOptions): Promise<void> {
    for (const query of this.getQueryCache().findAll({ ...filters, fetchStatus: "fetching" }))
      if (query.state.data === undefined || !query.isActive()) void this.readAgain(query);
    return super.invalidateQueries(filters, options);
  }

  private async readAgain(query: Query): Promise<void> {
    if (this.overtaken.has(query)) return;
    this.overtaken.add(query);
    try {
      await query.fetch(); // joins the read that runs
      void super.invalidateQueries({ queryKey: query.queryKey, exact: true });
    } catch {
      // Its reader is told, and what failed is stale anyway.
    } finally {
      this.overtaken.delete(query);
    }
  }
}
