using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using AiObs.Cost.Budgets;
using AiObs.Tracing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>What a root really measures: its instruments in both profiles, and the tags of calls, tools and agents that ended well or failed.</summary>
internal sealed class MeasuredMetrics
{
    private readonly Dictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _tags = new(StringComparer.Ordinal);

    private MeasuredMetrics()
    {
    }

    /// <summary>Gets the instruments by name.</summary>
    public IReadOnlyDictionary<string, Instrument> Instruments => _instruments;

    /// <summary>Gets the keys of the tags that were measured with an instrument.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> Tags => _tags;

    public static async Task<MeasuredMetrics> RecordAsync()
    {
        var measured = new MeasuredMetrics();
        foreach (var profile in Enum.GetValues<GenAIProfile>())
        {
            await measured.RunAsync(profile);
        }

        return measured;
    }

    /// <summary>Returns the name that Prometheus shows: by its rules for names of OTLP, a unit in braces is left out.</summary>
    public static string PrometheusNameOf(Instrument instrument) =>
        instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (KindOf(instrument) == "counter" ? "_total" : "");

    public static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0].ToLowerInvariant();

    private async Task RunAsync(GenAIProfile profile)
    {
        var source = $"recipes-{Guid.NewGuid():N}";
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == source)
            {
                _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();
        await using var root = AgentObservability.Create(builder => builder
            .Configure(options =>
            {
                (options.SourceName, options.GenAIProfile) = (source, profile);
                options.MetricMetadataKeys.Add("feature");
            })
            .AddCostTracking(static options => options.Budgets.Add(new Budget { Name = "all", Limit = 1 })));
        using (AgentContext.Begin(metadata: [new("feature", "search")]))
        {
            await WorkAsync(root.Tracer);
            using var client = new Streaming().UseAgentObservability(root);
            await client.GetStreamingResponseAsync("Weather?", new() { ModelId = "gpt-4o" }).ToChatResponseAsync();
        }
    }

    /// <summary>Runs an agent with a priced call and a tool, and again where all of them fail.</summary>
    private static async Task WorkAsync(AgentTracer tracer)
    {
        foreach (var fails in new[] { false, true })
        {
            using var agent = tracer.StartAgent("planner", new AgentStart { Input = "Weather?" });
            using (var call = tracer.StartLlm("gpt-4o", new LlmStart { Messages = [new ChatMessage(ChatRole.User, "Weather?")], Provider = "openai" }))
            {
                call.SetResult(new LlmStop { ResponseModel = "gpt-4o-2024-08-06", Usage = new() { InputTokenCount = 10, OutputTokenCount = 2 }, Cost = 0.01m });
                FailIf(fails, call);
            }

            using (var tool = tracer.StartTool("get_forecast", new ToolStart { Arguments = "{}" }))
            {
                FailIf(fails, tool);
            }

            FailIf(fails, agent);
            await Task.Yield();
        }
    }

    private static void FailIf(bool fails, AgentSpan span)
    {
        if (fails)
        {
            span.Fail(new InvalidOperationException("no"));
        }
    }

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_tags.TryGetValue(instrument.Name, out var keys))
        {
            _tags[instrument.Name] = keys = new(StringComparer.Ordinal);
        }

        foreach (var tag in tags)
        {
            keys.Add(tag.Key);
        }
    }

    private sealed class Streaming : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return new(ChatRole.Assistant, "Sun");
            await Task.Yield();
            yield return new(ChatRole.Assistant, "ny.");
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai") : null;

        public void Dispose()
        {
        }
    }
}
