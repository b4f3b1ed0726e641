using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Events;

/// <summary>What the event log holds, the newest first, and whether it was verified.</summary>
internal static class EventListPage
{
    private const int PageSize = 50;

    /// <summary>The filters that events know; the others are of traces.</summary>
    private static readonly string[] Known = [FilterNames.Type, FilterNames.Trace, FilterNames.Conversation, FilterNames.User, FilterNames.Session];

    public static async Task<PageBody> ReadAsync(PageRequest page)
    {
        if (page.Sources.Events is not { } log)
        {
            return new("Events", Parts.Empty("No event log is kept. With the package AiObs.Store.Sqlite this line keeps one:", "services.AddAgentObservability().AddStore(s => s.UseSqlite(\"Data Source=aiobs.db\"));"));
        }

        // The time is pinned, so that the next page is one of the same listing.
        var pinned = page.Filter.Pinned(page.Now);
        var query = QueryOf(pinned) with { Cursor = page.Query(FilterNames.Cursor) };
        var events = await Panel.ReadAsync(page, stop => log.ListAsync(query, stop)).ConfigureAwait(false);
        var types = await Panel.ReadAsync(page, stop => log.CountByTypeAsync(query with { Type = null, Cursor = null }, stop)).ConfigureAwait(false);
        return new("Events", html =>
        {
            VerificationPanel.Write(html, page.Sources.Verification, page.Now);
            FilterRemark.Write(html, page, Known, "Events");
            Parts.Of(types, (html, counts) => WriteTypes(html, page, counts))(html);
            Parts.Of(events, (html, found) => WriteList(html, page, pinned, found))(html);
        })
        {
            HasFilter = true,
            HasSearch = false,
        };
    }

    private static EventQuery QueryOf(PageFilter filter) => new()
    {
        After = filter.From,
        Before = filter.To,
        Type = filter[FilterNames.Type],
        TraceId = filter[FilterNames.Trace],
        ConversationId = filter[FilterNames.Conversation],
        UserId = filter[FilterNames.User],
        SessionId = filter[FilterNames.Session],
        Order = PageOrder.NewestFirst,
        PageSize = PageSize,
    };

    private static void WriteTypes(HtmlWriter html, PageRequest page, IReadOnlyDictionary<string, long> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        var chosen = page.Filter[FilterNames.Type];
        html.Write($"""<ul class="ranges" aria-label="Types">""");
        foreach (var (type, count) in counts.OrderByDescending(static type => type.Value).ThenBy(static type => type.Key, StringComparer.Ordinal))
        {
            var isChosen = type == chosen;
            html.Write($"""<li><a href="{page.Links.Page("events", page.Filter.With(FilterNames.Type, isChosen ? null : type))}" aria-current="{(isChosen ? "true" : "false")}"><bdi>{type}</bdi> {Shown.Number(count)}</a></li>""");
        }

        html.Write($"</ul>");
    }

    private static void WriteList(HtmlWriter html, PageRequest page, PageFilter pinned, EventPage found)
    {
        if (found.Events.Count == 0)
        {
            Parts.Empty("No event here. Choose a longer time, or take a filter away. What runs raises events by itself; your own are raised with this line:", "await observability.Events.TrackAsync(\"order_placed\");")(html);
            return;
        }

        html.Write($"""
            <div class="scroll"><table class="list"><thead><tr><th scope="col">Time</th><th scope="col">Type</th><th scope="col">Conversation</th><th scope="col">Trace</th>
            <th scope="col">Facts</th></tr></thead><tbody>
            """);
        foreach (var logged in found.Events)
        {
            EventRow.Write(html, page, logged);
        }

        html.Write($"""</tbody></table></div><nav class="pages" aria-label="Parts of the list">""");
        if (page.Query(FilterNames.Cursor) is not null)
        {
            html.Write($"""<a href="{page.Links.Page("events", page.Filter)}">Back to the start</a>""");
        }

        if (found.NextCursor is { } cursor)
        {
            html.Write($"""<a rel="next" href="{page.Links.Page("events")}{pinned.ToQuery(new KeyValuePair<string, string>(FilterNames.Cursor, cursor))}">Older</a>""");
        }

        html.Write($"<p>showing {found.Events.Count}</p></nav>");
    }
}
