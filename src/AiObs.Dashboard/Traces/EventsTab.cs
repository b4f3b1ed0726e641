using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>What the event log has of a trace.</summary>
internal static class EventsTab
{
    public static async Task<Action<HtmlWriter>> ReadAsync(PageRequest page, TraceSummary trace)
    {
        if (page.Sources.Events is not { } log)
        {
            return Parts.Empty("No event log is kept. With the package AiObs.Store.Sqlite this line keeps one:", "services.AddAgentObservability().AddStore(s => s.UseSqlite(\"Data Source=aiobs.db\"))");
        }

        var events = await Panel.ReadAsync(page, stop => log.ListAsync(new() { TraceId = trace.TraceId, PageSize = EventQuery.MaxPageSize }, stop)).ConfigureAwait(false);
        return Parts.Of(events, (html, found) =>
        {
            if (found.Events.Count == 0)
            {
                Parts.Empty("The event log has nothing of this trace.")(html);
                return;
            }

            html.Write($"""<div class="scroll"><table class="list"><thead><tr><th scope="col">Time</th><th scope="col">Event</th><th scope="col">Data</th></tr></thead><tbody>""");
            foreach (var logged in found.Events)
            {
                html.Write($"""<tr><td>{Parts.Time(logged.Event.Time)}</td><td><bdi>{logged.Event.Type}</bdi></td><td>{EventFacts.Of(logged.Event.Data)}</td></tr>""");
            }

            html.Write($"</tbody></table></div>");
        });
    }
}
