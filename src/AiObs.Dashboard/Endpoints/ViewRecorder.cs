using AiObs.AspNetCore.Access;
using AiObs.Dashboard.Mounting;
using AiObs.Events;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Endpoints;

/// <summary>Raises an event for each look at a page, before anything of it is shown, where the options ask for that.</summary>
internal sealed class ViewRecorder(DashboardSources sources)
{
    /// <summary>Ids in addresses are of the reader's choice; no trace or conversation has a longer one that matters here.</summary>
    private const int LongestId = 512;

    /// <summary>Records a look. Returns whether it may go on: not where a durable sink did not confirm, and its options ask to throw.</summary>
    public async Task<bool> TryRecordAsync(PageRequest page, string route)
    {
        if (!sources.Options.RecordViews)
        {
            return true;
        }

        try
        {
            await sources.Observability.Events.TrackAsync(AgentEventTypes.DashboardViewed, DataOf(page, route), cancellationToken: page.Stop).ConfigureAwait(false);
            return true;
        }
        catch (EventDeliveryException)
        {
            return false;
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> DataOf(PageRequest page, string route)
    {
        yield return new(EventDataKeys.Viewer, ViewerOf(page.Http));
        yield return new(EventDataKeys.Page, route);
        // A conversation is asked for by an id in the query.
        if ((page.Route("id") is { Length: > 0 } trace ? trace : page.Query("id")) is { } id)
        {
            yield return new(EventDataKeys.Subject, Cut(id));
        }

        if (page.Route("spanId") is { Length: > 0 } span)
        {
            yield return new(EventDataKeys.Span, Cut(span));
        }

        yield return new(EventDataKeys.ShowsContent, page.ShowsContent);
    }

    private static string ViewerOf(HttpContext http) => http.User.Identity switch
    {
        { IsAuthenticated: true, Name: { Length: > 0 } name } => Cut(name),
        { IsAuthenticated: true } => "signed in without a name",
        _ => LocalAccess.IsLocal(http) ? "local" : "unknown",
    };

    private static string Cut(string text) => text.Length <= LongestId ? text : text[..LongestId];
}
