using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Events;

namespace AiObs.Dashboard.Health;

/// <summary>The event sinks, event logs among them, and the trace store: state, queue, losses and last error of each.</summary>
internal static class WriterTable
{
    public static async ValueTask<IReadOnlyList<WriterStatus>> ReadAsync(DashboardSources sources, CancellationToken stop) =>
        [.. sources.Observability.Events.GetSinks().Select(Of), await TraceStoreAsync(sources, stop).ConfigureAwait(false)];

    public static void Write(HtmlWriter html, IReadOnlyList<WriterStatus> writers)
    {
        html.Write($"""
            <div class="scroll"><table class="list"><thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">State</th><th scope="col" class="n">Queued</th>
            <th scope="col" class="n">Written</th><th scope="col" class="n">Dropped</th><th scope="col">Last error</th></tr></thead><tbody>
            """);
        foreach (var writer in writers)
        {
            html.Write($"""
                <tr><td><bdi>{writer.Name}</bdi></td><td>{writer.Kind}</td><td class="{(writer.IsWell ? "well" : "bad")}">{writer.State}</td><td class="n">{Shown.Number(writer.Queued)}</td>
                <td class="n">{Shown.Number(writer.Written)}</td><td class="{(writer.Dropped > 0 ? "n bad" : "n")}">{Shown.Number(writer.Dropped)}</td><td><bdi>{writer.LastError}</bdi></td></tr>
                """);
        }

        html.Write($"</tbody></table></div>");
        if (writers.Count == 1)
        {
            Parts.Empty("There is no event sink. With the package AiObs.Store.Sqlite this line keeps events:", "services.AddAgentObservability().AddStore(s => s.UseSqlite(\"Data Source=aiobs.db\"));")(html);
        }
    }

    private static WriterStatus Of(EventSinkStatus sink) => new(
        sink.Name,
        sink.Delivery == EventDelivery.Durable ? "event sink, durable" : "event sink",
        sink.State.ToString().ToLowerInvariant(),
        sink.Queued,
        sink.Written,
        sink.Dropped,
        sink.LastErrorType is { } type ? $"{type}{(sink.LastFailure is { } time ? $" at {Shown.Utc(time)} UTC" : "")}" : null);

    private static async ValueTask<WriterStatus> TraceStoreAsync(DashboardSources sources, CancellationToken stop)
    {
        // One of the dashboard's own, as it compares with the check before: the application's is not to miss anything by it.
        var check = sources.TracesHealth;
        var result = await check.CheckHealthAsync(new() { Registration = new("aiobs-traces", check, failureStatus: null, tags: null) }, stop).ConfigureAwait(false);
        var state = ((string)result.Data["state"]).ToLowerInvariant();
        return new(
            "Traces",
            "trace store",
            state,
            (long)result.Data["queued"],
            (long)result.Data["written"],
            (long)result.Data["dropped"],
            state == "working" ? null : result.Description);
    }
}
