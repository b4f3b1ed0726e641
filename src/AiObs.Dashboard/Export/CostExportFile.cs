using AiObs.Dashboard.Costs;
using AiObs.Dashboard.Mounting;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Export;

/// <summary>The cost records of the time that is looked at, as CSV.</summary>
internal static class CostExportFile
{
    public static async Task WriteAsync(PageRequest page)
    {
        if (page.Sources.Costs is not { } tracking)
        {
            page.Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        ExportPages.Announce(page.Http.Response, "text/csv; charset=utf-8", "costs.csv");
        await tracking.Store.ExportCsvAsync(page.Http.Response.Body, CostFilter.Of(page.Filter, page.Now), cancellationToken: page.Stop).ConfigureAwait(false);
    }
}
