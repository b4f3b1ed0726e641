using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Events;

/// <summary>An event in the list, with what was said where that may be shown.</summary>
internal static class EventRow
{
    /// <summary>How much of the id of a trace is enough to tell it from others.</summary>
    private const int ShortId = 8;

    public static void Write(HtmlWriter html, PageRequest page, LoggedEvent logged)
    {
        var item = logged.Event;
        html.Write($"""
            <tr><td>{Parts.Time(item.Time)}</td><td class="id">{Filter(page, FilterNames.Type, item.Type, item.Type)}</td>
            <td class="id">{Filter(page, FilterNames.Conversation, item.ConversationId, item.ConversationId)}</td>
            <td class="id">{(item.TraceId is { } trace ? Trace(page, trace) : null)}</td><td class="wide">{EventFacts.Of(item.Data)}{Content(page, logged)}</td></tr>
            """);
    }

    private static Action<HtmlWriter> Filter(PageRequest page, string name, string? value, string? shown) => html =>
    {
        if (!string.IsNullOrEmpty(value))
        {
            html.Write($"""<a class="value" href="{page.Links.Page("events", page.Filter.With(name, value))}"><bdi>{shown}</bdi></a>""");
        }
    };

    private static Action<HtmlWriter> Trace(PageRequest page, string trace) => html => html.Write($"""
        {Filter(page, FilterNames.Trace, trace, trace.Length > ShortId ? trace[..ShortId] : trace)} <a href="{page.Links.Trace(trace)}">open</a>
        """);

    private static Action<HtmlWriter> Content(PageRequest page, LoggedEvent logged) => html =>
    {
        if (logged.IsContentErased)
        {
            html.Write($"""<p class="hint">Content erased.</p>""");
        }
        else if (logged.Event.Content is not { } content)
        {
            return;
        }
        else if (!page.ShowsContent)
        {
            html.Write($"""<p class="hint">Content of {content.Length} characters, hidden: DashboardOptions.ShowContent or ContentPolicy does not let you see it.</p>""");
        }
        else
        {
            html.Write($"<details><summary>content</summary>");
            JsonView.Write(html, content);
            html.Write($"</details>");
        }
    };
}
