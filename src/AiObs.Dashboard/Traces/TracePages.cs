using AiObs.Dashboard.Endpoints;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Traces;

/// <summary>The pages of traces.</summary>
internal static class TracePages
{
    public static void Map(DashboardEndpoints map)
    {
        var reader = new TraceReader();
        map.Page("/traces", TraceListPage.ReadAsync);
        map.Page("/traces/{id}", page => TraceDetailPage.ReadAsync(page, reader));
        map.Page("/traces/{id}/compare/{other}", page => ComparePage.ReadAsync(page, reader, page.Route("id"), page.Route("other")));
        map.Page("/compare", page => ComparePage.ReadChosenAsync(page, reader));
        map.Fragment("/traces/{id}/rows", page => TreeTab.ReadRowsAsync(page, reader));
        map.Fragment("/traces/{id}/spans/{spanId}", SpanPanel.ReadAsync);
    }

    /// <summary>The page of a trace that is not there.</summary>
    public static PageBody NotFound(string what) => new(
        what + " is not here",
        Parts.Empty("It was dropped to make room, by retention, or it has not arrived yet: spans are written behind, within a quarter of a second."))
    {
        Status = StatusCodes.Status404NotFound,
    };
}
