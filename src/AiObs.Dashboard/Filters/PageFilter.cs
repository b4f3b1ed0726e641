using System.Globalization;
using AiObs.Operations;
using AiObs.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace AiObs.Dashboard.Filters;

/// <summary>What a page is filtered by. It stands in the address of each page, and goes along from page to page.</summary>
internal sealed record PageFilter
{
    /// <summary>The names under which an address has a value to filter by; those that mean nothing are left out.</summary>
    public static IReadOnlyList<string> ValueNames { get; } =
    [
        FilterNames.Model,
        FilterNames.Provider,
        FilterNames.Agent,
        FilterNames.Tool,
        FilterNames.User,
        FilterNames.Conversation,
        FilterNames.Session,
        FilterNames.Tag,
        FilterNames.Error,
        FilterNames.Source,
        FilterNames.Kind,
        FilterNames.Status,
        FilterNames.Type,
        FilterNames.Trace,
        FilterNames.Text,
        FilterNames.MinDuration,
        FilterNames.MinCost,
    ];

    /// <summary>Those of them that <see cref="ToTraceQuery"/> keeps to.</summary>
    public static IReadOnlyList<string> TraceNames { get; } = [.. ValueNames.Except([FilterNames.MinCost])];

    /// <summary>The most that a duration can be, and room for rounding.</summary>
    private const double MostMilliseconds = long.MaxValue / TimeSpan.TicksPerMillisecond / 2;

    private IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    public TimeRange Range { get; private init; } = TimeRange.Default;

    /// <summary>Gets the start of a time of the reader's own, which <see cref="Range"/> does not matter beside.</summary>
    public DateTimeOffset? From { get; private init; }

    /// <summary>Gets the end of a time of the reader's own.</summary>
    public DateTimeOffset? To { get; private init; }

    public TraceOrder Order { get; private init; }

    /// <summary>Gets by what a page tells apart, as the address has it; what it means is the page's to say.</summary>
    public string? By { get; private init; }

    /// <summary>Gets a value indicating whether the dearest come first, which <see cref="Order"/> does not matter beside.</summary>
    public bool IsDearestFirst { get; private init; }

    /// <summary>Gets what is filtered by, in the order of the address.</summary>
    public IEnumerable<KeyValuePair<string, string>> Chips => Values;

    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>Reads a filter from an address. What means nothing is left out.</summary>
    public static PageFilter Read(IQueryCollection query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in ValueNames)
        {
            if (query[name].ToString() is { Length: > 0 } value && IsValid(name, value))
            {
                values[name] = value;
            }
        }

        return new()
        {
            Values = values,
            Range = TimeRange.Find(query[FilterNames.Range]),
            From = TimeOf(query[FilterNames.From]),
            To = TimeOf(query[FilterNames.To]),
            Order = Enum.TryParse<TraceOrder>(query[FilterNames.Order], ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : TraceOrder.Newest,
            By = query[FilterNames.By].ToString() is { Length: > 0 } by ? by : null,
            IsDearestFirst = string.Equals(query[FilterNames.Order], FilterNames.Dearest, StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>Returns this filter with another value, or without one.</summary>
    public PageFilter With(string name, string? value)
    {
        var values = new Dictionary<string, string>(Values, StringComparer.Ordinal);
        values.Remove(name);
        if (!string.IsNullOrEmpty(value))
        {
            values[name] = value;
        }

        return this with { Values = values };
    }

    /// <summary>Returns what of this goes along to a page: what only events have stays with the events.</summary>
    public PageFilter For(string page) => page == "events" ? this : With(FilterNames.Type, null).With(FilterNames.Trace, null);

    public PageFilter With(TimeRange range) => this with { Range = range, From = null, To = null };

    public PageFilter With(TraceOrder order) => this with { Order = order, IsDearestFirst = false };

    public PageFilter DearestFirst() => this with { Order = TraceOrder.Newest, IsDearestFirst = true };

    public PageFilter ToldApartBy(string? by) => this with { By = by };

    public PageFilter Between(DateTimeOffset from, DateTimeOffset to) => this with { From = from, To = to };

    /// <summary>Returns this filter with the time that it has now, in which a listing can go on later.</summary>
    public PageFilter Pinned(DateTimeOffset now) => Between(Start(now), To ?? now);

    /// <summary>Returns when the time that is looked at starts.</summary>
    public DateTimeOffset Start(DateTimeOffset now) =>
        From ?? (End(now) - DateTimeOffset.MinValue > Range.Length ? End(now) - Range.Length : DateTimeOffset.MinValue);

    /// <summary>Returns when it ends.</summary>
    public DateTimeOffset End(DateTimeOffset now) => To ?? now;

    /// <summary>Returns how long it lasts; zero where it ends before it starts.</summary>
    public TimeSpan Length(DateTimeOffset now) => End(now) > Start(now) ? End(now) - Start(now) : TimeSpan.Zero;

    public TraceQuery ToTraceQuery(DateTimeOffset now) => new()
    {
        After = Start(now),
        Before = To,
        Model = this[FilterNames.Model],
        Provider = this[FilterNames.Provider],
        Agent = this[FilterNames.Agent],
        Tool = this[FilterNames.Tool],
        UserId = this[FilterNames.User],
        ConversationId = this[FilterNames.Conversation],
        SessionId = this[FilterNames.Session],
        Tag = this[FilterNames.Tag],
        ErrorType = this[FilterNames.Error],
        Source = this[FilterNames.Source],
        Text = this[FilterNames.Text],
        Kind = Enum.TryParse<OperationKind>(this[FilterNames.Kind], ignoreCase: true, out var kind) ? kind : null,
        Status = Enum.TryParse<TraceStatus>(this[FilterNames.Status], ignoreCase: true, out var status) ? status : null,
        MinDuration = MillisecondsOf(this[FilterNames.MinDuration]),
        Order = Order,
    };

    public PricedTraceQuery ToPricedTraceQuery(DateTimeOffset now) => new()
    {
        Traces = ToTraceQuery(now),
        MinCost = AmountOf(this[FilterNames.MinCost]),
        DearestFirst = IsDearestFirst,
    };

    /// <summary>Returns the filter as the query of an address, with its question mark; empty where it is the default.</summary>
    public string ToQuery(params ReadOnlySpan<KeyValuePair<string, string>> more)
    {
        var query = new QueryBuilder();
        if (From is { } from)
        {
            query.Add(FilterNames.From, Write(from));
        }

        if (To is { } to)
        {
            query.Add(FilterNames.To, Write(to));
        }

        if (From is null && Range != TimeRange.Default)
        {
            query.Add(FilterNames.Range, Range.Key);
        }

        foreach (var (name, value) in Values)
        {
            query.Add(name, value);
        }

        if (IsDearestFirst || Order != TraceOrder.Newest)
        {
            query.Add(FilterNames.Order, IsDearestFirst ? FilterNames.Dearest : Order.ToString());
        }

        if (By is { } by)
        {
            query.Add(FilterNames.By, by);
        }

        foreach (var (name, value) in more)
        {
            query.Add(name, value);
        }

        return query.ToString();
    }

    private static bool IsValid(string name, string value) => name switch
    {
        FilterNames.Kind => Enum.TryParse<OperationKind>(value, ignoreCase: true, out var kind) && Enum.IsDefined(kind),
        FilterNames.Status => Enum.TryParse<TraceStatus>(value, ignoreCase: true, out var status) && Enum.IsDefined(status),
        FilterNames.MinDuration => MillisecondsOf(value) is not null,
        FilterNames.MinCost => AmountOf(value) is not null,
        _ => true,
    };

    private static TimeSpan? MillisecondsOf(string? value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and <= MostMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;

    private static decimal? AmountOf(string? value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    private static DateTimeOffset? TimeOf(string? value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
