using System.Text.Json;
using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Traces;

/// <summary>The attributes of a span, a line each.</summary>
internal static class AttributeTable
{
    public static void Write(HtmlWriter html, string json)
    {
        using var attributes = JsonDocument.Parse(json);
        html.Write($"""<table class="attributes"><tbody>""");
        foreach (var attribute in attributes.RootElement.EnumerateObject().OrderBy(static attribute => attribute.Name, StringComparer.Ordinal))
        {
            var text = attribute.Value.ValueKind == JsonValueKind.String ? attribute.Value.GetString() : attribute.Value.GetRawText();
            html.Write($"""<tr><th scope="row"><bdi>{attribute.Name}</bdi></th><td><bdi>{Layout.TextView.Cut(text!)}</bdi></td></tr>""");
        }

        html.Write($"</tbody></table>");
    }
}
