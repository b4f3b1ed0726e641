using AiObs.Dashboard.Endpoints;
using AiObs.Dashboard.Traces;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Export;

/// <summary>Traces and costs as files. What may not be seen on a page is in no file.</summary>
internal static class ExportPages
{
    public static void Map(DashboardEndpoints map)
    {
        var reader = new TraceReader();
        map.Stream("/export/{id}.json", OtlpJsonExport.WriteAsync);
        map.Stream("/export/{id}.html", page => HtmlExport.WriteAsync(page, reader));
        map.Stream("/export/costs.csv", CostExportFile.WriteAsync);
        map.Stream("/export/{id}/{spanId}.txt", TextExport.WriteAsync);
    }

    /// <summary>Says that an answer is a file that is kept, and not a page.</summary>
    public static void Announce(HttpResponse response, string contentType, string name)
    {
        response.ContentType = contentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
    }
}
