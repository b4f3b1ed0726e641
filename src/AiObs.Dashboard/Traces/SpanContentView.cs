using System.Text.Json;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Messages;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Operations;
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

        html.Write($"<h3>{(span.Kind == OperationKind.Chat ? "Messages" : "Content")}</h3>");
        if (!page.ShowsContent)
        {
            html.Write($"""<p class="hint">Texts are hidden: DashboardOptions.ShowContent or ContentPolicy does not let you see them.</p>""");
        }

        if (span.Content is not { } content)
        {
            html.Write($"""<p class="hint">Erased, or older than content is kept.</p>""");
            return;
        }

        if (span.Kind == OperationKind.Chat)
        {
            var messages = MessageReader.Read(content);
            MessageList.Write(html, messages.Input.Concat(messages.Output), page.ShowsContent);
            html.Write($"""<details><summary>All that was recorded of it</summary>""");
            WriteAttributes(html, page, span, content);
            html.Write($"</details>");
        }
        else
        {
            WriteAttributes(html, page, span, content);
        }
    }

    private static void WriteAttributes(HtmlWriter html, PageRequest page, SpanRecord span, SpanContent content)
    {
        using var attributes = JsonDocument.Parse(content.Attributes);
        foreach (var attribute in attributes.RootElement.EnumerateObject())
        {
            var text = attribute.Value.ValueKind == JsonValueKind.String ? attribute.Value.GetString()! : attribute.Value.GetRawText();
            html.Write($"""<p class="part"><bdi>{attribute.Name}</bdi></p>""");
            if (!page.ShowsContent)
            {
                html.Write($"""<p class="hint">{Shown.Number(text.Length)} characters, hidden</p>""");
                continue;
            }

            JsonView.Write(html, text);
            if (text.Length > TextView.MaxLength)
            {
                html.Write($"""<p><a href="{page.Links.Text(span.TraceId, span.SpanId, attribute.Name)}" download>Download all of it</a></p>""");
            }
        }
    }
}
