using System.Diagnostics.Metrics;
using System.Globalization;
using AiObs.Soak.Reckoning;

namespace AiObs.Soak.Books;

/// <summary>Adds up every measurement of the library, by instrument and by the tags that tell cases apart.</summary>
internal sealed class MetricWitness : IDisposable
{
    private const char Separator = '\n';

    private static readonly string[] TellingTags =
        ["gen_ai.operation.name", "gen_ai.token.type", "aiobs.sink", "aiobs.reason", "aiobs.part", "aiobs.budget.name"];

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Instrument, string Tags), (long Count, decimal Sum)> _sums = [];
    private readonly MeterListener _listener = new();

    public MetricWitness()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == AgentObservabilityOptions.DefaultSourceName && !instrument.IsObservable)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            // Amounts have fewer digits than a double keeps, so this is what they were; of durations only the number counts.
            Add(instrument, instrument.Unit == "s" ? 0 : (decimal)value, tags));
        _listener.Start();
    }

    public static IReadOnlyList<Measure> Measures { get; } =
    [
        Measure.ChatsStarted, Measure.Agents, Measure.AgentChats, Measure.Tools, Measure.StreamsBegun, Measure.InputTokens,
        Measure.OutputTokens, Measure.UnpricedCosts, Measure.Refusals,
    ];

    /// <summary>Adds up the values of an instrument.</summary>
    /// <param name="instrument">Its name.</param>
    /// <param name="tag">A tag's value that the measurements must have; null for all.</param>
    public decimal SumOf(string instrument, string? tag = null) => Find(instrument, tag).Sum(static sum => sum.Sum);

    /// <summary>Counts the measurements of an instrument.</summary>
    /// <param name="instrument">Its name.</param>
    /// <param name="tag">A tag's value that the measurements must have; null for all.</param>
    public decimal CountOf(string instrument, string? tag = null) => Find(instrument, tag).Sum(static sum => sum.Count);

    /// <summary>Returns what the metrics say in all.</summary>
    public IEnumerable<Entry> Describe()
    {
        yield return new(0, Measure.ChatsStarted, CountOf("gen_ai.client.operation.duration", "chat"));
        yield return new(0, Measure.Agents, CountOf("gen_ai.invoke_agent.duration"));
        yield return new(0, Measure.AgentChats, SumOf("gen_ai.invoke_agent.inference_calls"));
        yield return new(0, Measure.Tools, CountOf("gen_ai.execute_tool.duration"));
        yield return new(0, Measure.StreamsBegun, CountOf("gen_ai.client.operation.time_to_first_chunk"));
        yield return new(0, Measure.InputTokens, SumOf("gen_ai.client.token.usage", "input"));
        yield return new(0, Measure.OutputTokens, SumOf("gen_ai.client.token.usage", "output"));
        yield return new(0, Measure.UnpricedCosts, SumOf("aiobs.cost.unpriced"));
        yield return new(0, Measure.Refusals, SumOf("aiobs.budget.refusals"));
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, decimal value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var telling = new List<string>();
        foreach (var (key, tag) in tags)
        {
            if (TellingTags.Contains(key))
            {
                telling.Add(Convert.ToString(tag, CultureInfo.InvariantCulture)!);
            }
        }

        var name = (instrument.Name, string.Join(Separator, telling));
        lock (_lock)
        {
            var (count, sum) = _sums.GetValueOrDefault(name);
            _sums[name] = (count + 1, sum + value);
        }
    }

    private List<(long Count, decimal Sum)> Find(string instrument, string? tag)
    {
        lock (_lock)
        {
            return
            [
                .. from sum in _sums
                   where sum.Key.Instrument == instrument && (tag is null || sum.Key.Tags.Split(Separator).Contains(tag))
                   select sum.Value,
            ];
        }
    }
}
