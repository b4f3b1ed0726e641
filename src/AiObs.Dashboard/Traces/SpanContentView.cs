using System.Text.Json;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>What was said in a span, or why it is not shown.</summary>
internal static class SpanContentView
{
    public static void Write(HtmlWriter html, PageRequest page, SpanRecord span)
    {
        if (!span.HadContent)
        {
            return;
        }

        html.Write($"<h3>Content</h3>");
        if (!page.ShowsContent)
        {
            html.Write($"""<p class="hint">Hidden: DashboardOptions.ShowContent or ContentPolicy does not let you see it.</p>""");
        }
        else if (span.Content is null)
        {
            html.Write($"""<p class="hint">Erased, or older than content is kept.</p>""");
        }
        else
        {
            using var content = JsonDocument.Parse(span.Content.Attributes);
            foreach (var attribute in content.RootElement.EnumerateObject())
            {
                html.Write($"""<details open><summary><bdi>{attribute.Name}</bdi></summary>""");
                JsonView.Write(html, attribute.Value.ValueKind == JsonValueKind.String ? attribute.Value.GetString()! : attribute.Value.GetRawText());
                html.Write($"</details>");
            }
        }
    }
}
