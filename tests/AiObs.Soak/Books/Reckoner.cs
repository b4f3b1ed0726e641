using AiObs.Cost;
using AiObs.Events;
using AiObs.Soak.Observed;
using AiObs.Soak.Reckoning;
using AiObs.Soak.Watching;

namespace AiObs.Soak.Books;

/// <summary>Puts everything side by side.</summary>
internal static class Reckoner
{
    public static SoakResult Reckon(Witnesses witnesses, Ending ending, Stored stored, IReadOnlyList<Reading> readings)
    {
        List<Book> books = [.. witnesses.ReadBooks()];
        books.Insert(3, stored.Costs);
        books.AddRange(stored.Events.Select(static events => events.ToBook()));
        var reconciliation = new Reconciliation(books);
        var truth = new Truth(books);

        return new SoakResult(
            reconciliation,
            [
                .. CheckWitnesses(witnesses, stored),
                .. CheckStores(stored, truth),
                .. CheckSinks(witnesses, ending.Sinks, truth),
                .. CheckMetrics(witnesses.Metrics, truth),
                .. CheckCosts(ending, stored, truth),
                .. Flatness.Of(readings),
            ],
            readings);
    }

    private static IEnumerable<Check> CheckWitnesses(Witnesses witnesses, Stored stored) =>
    [
        Check.Equal("requests that were not read in time", 0, witnesses.Server.MissedCount),
        Check.Equal("requests that did not end as scripted", 0, witnesses.Server.SurpriseCount),
        Check.Equal("spans of no run", 0, witnesses.Spans.StrayCount),
        Check.Equal("spans of SDKs that count tokens a second time", 0, witnesses.Spans.DoubledUseCount),
        Check.Equal("secrets on spans", 0, witnesses.Spans.LeakCount),
        Check.AtLeast("redactions that spans tell of", 1, witnesses.Spans.RedactionCount),
        Check.Equal("secrets in sinks", 0, witnesses.Recovering.LeakCount + witnesses.Hanging.LeakCount + witnesses.Slow.LeakCount),
        Check.Equal("secrets in logs and files", 0, stored.Events.Sum(static events => events.LeakCount)),
    ];

    private static IEnumerable<Check> CheckStores(Stored stored, Truth truth) => stored.Events.SelectMany(events => (Check[])
    [
        Check.Equal($"events in '{events.Name}'", truth.Events, events.Count),
        new Check($"chain of '{events.Name}'", events.Fault is null, events.Fault ?? "intact"),
    ]);

    private static IEnumerable<Check> CheckSinks(Witnesses witnesses, IReadOnlyList<EventSinkStatus> sinks, Truth truth)
    {
        foreach (var sink in sinks)
        {
            yield return Check.Equal($"'{sink.Name}' wrote or dropped", truth.Events, sink.Written + sink.Dropped);
            yield return Check.Equal($"'{sink.Name}' written, by the metric", sink.Written, witnesses.Metrics.SumOf("aiobs.events.written", sink.Name));
            yield return Check.Equal($"'{sink.Name}' dropped, by the metric", sink.Dropped, witnesses.Metrics.SumOf("aiobs.events.dropped", sink.Name));
            yield return sink.Name == SinkNames.Slow
                ? Check.AtLeast($"'{sink.Name}' dropped", 1, sink.Dropped)
                : Check.Equal($"'{sink.Name}' dropped", 0, sink.Dropped);
        }

        yield return Check.Equal(
            $"'{SinkNames.Slow}' took what counts as written", sinks.Single(static sink => sink.Name == SinkNames.Slow).Written, witnesses.Slow.Count);

        // Whoever cancels a call does not wait for its events either; they are written all the same. A streamed agent hears what its tools returned
        // before it asks the model again, and has their events to wait for beside those of the call; they may be written already.
        yield return Check.AtMost(
            "calls and agents that did not wait for their events",
            truth.Of(Measure.ChatsCancelled) + truth.Of(Measure.AgentsCancelled),
            witnesses.Metrics.SumOf("aiobs.events.unconfirmed"));
    }

    private static IEnumerable<Check> CheckMetrics(MetricWitness metrics, Truth truth) =>
    [
        Check.Equal("cost in the metric", truth.Cost, metrics.SumOf("aiobs.cost")),
        Check.Equal("further chunks in the metric", truth.FurtherChunks, metrics.CountOf("gen_ai.client.operation.time_per_output_chunk")),
        Check.Equal("tools of agents in the metric", truth.Of(Measure.Tools), metrics.SumOf("gen_ai.invoke_agent.tool_calls")),
        Check.Equal("embeddings in the metric", truth.Embeddings, metrics.CountOf("gen_ai.client.operation.duration", "embeddings")),
        Check.Equal("faults", 0, metrics.SumOf("aiobs.faults")),
        Check.Equal("drops", 0, metrics.SumOf("aiobs.drops")),
        Check.Equal("lost reservations", 0, metrics.SumOf("aiobs.budget.lost_reservations")),
    ];

    private static IEnumerable<Check> CheckCosts(Ending ending, Stored stored, Truth truth)
    {
        var everything = ending.Budgets.Single(static status => status.Budget == Budgets.Everything);

        return
        [
            .. CheckSum("cost store", stored.CostSum, truth),
            .. CheckSum("accumulator", ending.Totals.Total, truth),
            .. CheckSum("accumulator by model", SumOf(ending, CostGrouping.Model), truth),
            .. CheckSum("accumulator by conversation", SumOf(ending, CostGrouping.Conversation), truth),
            Check.AtLeast("keys that rolled into the rest in the accumulator", 1, ending.Totals.RolledCount),
            Check.Equal("USD spent of the budget for everything", truth.Cost, everything.Spent),
            Check.Equal("USD reserved in budgets after the last call", 0, ending.Budgets.Sum(static status => status.Reserved)),
        ];
    }

    private static IEnumerable<Check> CheckSum(string what, CostSum sum, Truth truth) =>
    [
        Check.Equal($"USD in the {what}", truth.Cost, sum.Total),
        Check.Equal($"records in the {what}", truth.CostRecords, sum.RecordCount),
        Check.Equal($"unpriced records in the {what}", truth.Of(Measure.UnpricedCosts), sum.UnpricedCount),
    ];

    private static CostSum SumOf(Ending ending, CostGrouping grouping) =>
        ending.Totals.By(grouping).Aggregate(CostSum.Zero, static (sum, group) => sum.Add(group.Sum));
}
