using System.Globalization;
using System.Text.Json;
using AiObs.Cost;
using AiObs.Events;

namespace AiObs.Store.Tests.Forgeries;

/// <summary>All that a log and its costs tell those who read them.</summary>
/// <param name="Events">The events, in the order in which they are listed.</param>
/// <param name="Costs">The cost records.</param>
/// <param name="Counts">What is counted and added up.</param>
internal sealed record LogReading(IReadOnlyList<LogReading.Line> Events, IReadOnlyList<string> Costs, string Counts)
{
    public static LogReading Empty { get; } = new([], [], "");

    private string CostText => string.Join('\n', Costs);

    public static async Task<LogReading> OfAsync(IEventLog log, ICostStore costs, CancellationToken cancellationToken)
    {
        var events = await log.ReadAsync(EventQuery.All, cancellationToken).Select(LineOf).ToListAsync(cancellationToken);
        var records = await costs.ReadAsync(CostQuery.All, cancellationToken).Select(static record => JsonSerializer.Serialize(record)).ToListAsync(cancellationToken);
        List<string> counts = [(await log.CountAsync(EventQuery.All, cancellationToken)).ToString(CultureInfo.InvariantCulture)];
        counts.AddRange((await log.CountByTypeAsync(EventQuery.All, cancellationToken)).OrderBy(static type => type.Key, StringComparer.Ordinal).Select(static type => $"{type.Key}: {type.Value}"));
        foreach (var query in new EventQuery[] { new() { ConversationId = "c-1" }, new() { UserId = "user" }, new() { Before = StoreContracts.EventSamples.Start.AddSeconds(12) } })
        {
            counts.Add((await log.CountAsync(query, cancellationToken)).ToString(CultureInfo.InvariantCulture));
        }

        counts.Add((await costs.SumAsync(CostQuery.All, cancellationToken)).ToString());
        foreach (var grouping in Enum.GetValues<CostGrouping>())
        {
            counts.Add(string.Join(", ", await costs.SumByAsync(CostQuery.All, grouping, cancellationToken)));
        }

        return new LogReading(events, records, string.Join('\n', counts));
    }

    /// <summary>Says how this reading relates to that of the log as it was written.</summary>
    public Change ChangeFrom(LogReading written, LogReading old, LogReading other)
    {
        var events = SaysTheSame(Events, written.Events) ? Change.None
            : SaysTheSame(InChains(Events), InChains(written.Events)) ? Change.Order
            : IsBeginningOf(written.Events) || SaysTheSame(InChains(Events), InChains(old.Events)) ? Change.Earlier
            : SaysTheSame(Events, other.Events) ? Change.Other
            : Change.Forged;
        var costs = CostText == written.CostText ? Change.None
            : Costs.Count == 0 || CostText == old.CostText ? Change.Earlier
            : CostText == other.CostText ? Change.Other
            : Change.Forged;
        var changed = (Change)Math.Max((int)events, (int)costs);
        return changed == Change.None && Counts != written.Counts ? Change.Forged : changed;
    }

    /// <summary>Tells whether each chain is a beginning of what it was.</summary>
    private bool IsBeginningOf(IReadOnlyList<Line> written) => Events.GroupBy(static line => line.Writer).All(
        chain => SaysTheSame([.. chain], [.. written.Where(line => line.Writer == chain.Key).Take(chain.Count())]));

    private static bool SaysTheSame(IReadOnlyList<Line> some, IReadOnlyList<Line> others) => some.SequenceEqual(others);

    private static List<Line> InChains(IReadOnlyList<Line> lines) =>
        [.. lines.Select(static line => line with { Position = 0 }).OrderBy(static line => line.Writer, StringComparer.Ordinal).ThenBy(static line => line.Sequence)];

    private static Line LineOf(LoggedEvent logged)
    {
        var said = logged.Event;
        return new Line(
            logged.Writer,
            logged.Sequence,
            logged.Position,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{said.Id} {said.Time:O} {said.Type} {said.ConversationId} {said.UserId} {said.SessionId} {said.TraceId} {said.SpanId} {EventDataJson.Write(said.Data)} {said.Content} {logged.IsContentErased} {logged.Hash}"));
    }

    /// <summary>How a log was changed, the least first.</summary>
    internal enum Change
    {
        None,

        /// <summary>Positions alone.</summary>
        Order,

        /// <summary>What is there was written so, and the rest is gone from the end of chains.</summary>
        Earlier,

        /// <summary>Another log stands in its place.</summary>
        Other,

        Forged,
    }

    internal sealed record Line(string Writer, long Sequence, long Position, string Text);
}
