using System.Globalization;
using AiObs.Operations;
using AiObs.Paging;
using AiObs.Store.Events;

namespace AiObs.Store.Traces;

/// <summary>The filters of a query in the form in which stores keep what they are compared with.</summary>
internal sealed class TraceFilter
{
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    public TraceFilter(TraceQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Facets = [.. AllFacets(query).Where(static facet => facet.Value is not null).Select(static facet => (facet.Facet, StoredText.Id(facet.Value)!))];
        TraceIds = query.TraceIds is null ? null : new HashSet<string>(query.TraceIds, StringComparer.Ordinal);
        Text = query.Text is null ? null : StoredText.Of(query.Text);
        Kind = query.Kind;
        Status = query.Status;
        MinDurationTicks = query.MinDuration?.Ticks;
        AfterTicks = query.After?.UtcTicks;
        BeforeTicks = query.Before?.UtcTicks;
    }

    /// <summary>Gets the values that a span of the trace has to have, each of them.</summary>
    public IReadOnlyList<(TraceFacet Facet, string Value)> Facets { get; }

    public IReadOnlySet<string>? TraceIds { get; }

    public string? Text { get; }

    public OperationKind? Kind { get; }

    public TraceStatus? Status { get; }

    public long? MinDurationTicks { get; }

    /// <summary>Gets the earliest start, inclusive, in ticks of UTC.</summary>
    public long? AfterTicks { get; }

    /// <summary>Gets the latest start, inclusive, in ticks of UTC.</summary>
    public long? BeforeTicks { get; }

    /// <summary>Tells whether a trace passes those filters that its summary decides.</summary>
    public bool Matches(TraceSummary trace) =>
        TraceIds?.Contains(trace.TraceId) != false
        && (Kind is null || trace.Kind == Kind)
        && (Status is null || trace.Status == Status)
        && (MinDurationTicks is null || trace.Duration.Ticks >= MinDurationTicks)
        && (AfterTicks is null || trace.Time.UtcTicks >= AfterTicks)
        && (BeforeTicks is null || trace.Time.UtcTicks <= BeforeTicks);

    /// <summary>Names the listing that cursors belong to.</summary>
    public ulong Fingerprint(string listing) => CursorCodec.Fingerprint(
        [
            listing,
            TraceIds is null ? null : string.Join(',', TraceIds.Order(StringComparer.Ordinal)),
            Text,
            Kind?.ToString(),
            Status?.ToString(),
            MinDurationTicks?.ToString(CultureInfo.InvariantCulture),
            AfterTicks?.ToString(CultureInfo.InvariantCulture),
            BeforeTicks?.ToString(CultureInfo.InvariantCulture),
            .. Facets.SelectMany(static facet => new[] { facet.Facet.ToString(), facet.Value }),
        ]);

    private static IEnumerable<(TraceFacet Facet, string? Value)> AllFacets(TraceQuery query) =>
    [
        (TraceFacet.Conversation, query.ConversationId),
        (TraceFacet.User, query.UserId),
        (TraceFacet.Session, query.SessionId),
        (TraceFacet.Model, query.Model),
        (TraceFacet.Provider, query.Provider),
        (TraceFacet.Agent, query.Agent),
        (TraceFacet.Tool, query.Tool),
        (TraceFacet.Tag, query.Tag),
        (TraceFacet.ErrorType, query.ErrorType),
        (TraceFacet.Source, query.Source),
    ];
}
