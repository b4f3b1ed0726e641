using System.Text.Json;
using AiObs.Dashboard.Mounting;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Export;

/// <summary>All of a text that a page cuts, as a file of plain text: an attribute of a span by its key.</summary>
internal static class TextExport
{
    public static async Task WriteAsync(PageRequest page)
    {
        var content = page.ShowsContent
            ? await page.Sources.Traces.FindContentAsync(page.Route("id"), page.Route("spanId"), page.Stop).ConfigureAwait(false)
            : null;
        using var attributes = JsonDocument.Parse(content?.Attributes ?? "{}");
        if (page.Query("key") is not { } key || !attributes.RootElement.TryGetProperty(key, out var value))
        {
            page.Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        ExportPages.Announce(page.Http.Response, "text/plain; charset=utf-8", $"span-{page.Route("spanId")}.txt");
        await page.Http.Response.WriteAsync(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), page.Stop).ConfigureAwait(false);
    }
}
