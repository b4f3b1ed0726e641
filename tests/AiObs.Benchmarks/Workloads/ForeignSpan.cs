using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.Benchmarks.Workloads;

/// <summary>A span as another library writes it, in a provider that bridges or in one that does not.</summary>
public sealed class ForeignSpan : Workload
{
    private readonly ActivitySource _source;
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly string _name;
    private readonly TracerProvider _provider;
    private readonly TracerProvider? _bridge;
    private readonly AgentObservability _root;

    private ForeignSpan(string name, KeyValuePair<string, object?>[] tags, bool isBridged, bool isKnown, bool isPriced)
    {
        var source = $"b.foreign.{Guid.NewGuid():N}";
        (_name, _tags, _source) = (name, tags, new ActivitySource(source));
        _root = AgentObservability.Create(builder =>
        {
            builder.Configure(static options => options.SourceName = $"b.root.{Guid.NewGuid():N}");
            if (isPriced)
            {
                builder.AddCostTracking();
            }
        });
        _bridge = !isBridged ? null : Sdk.CreateTracerProviderBuilder()
            .AddAgentObservability(_root, options => options.ModelSourceNames.Add(isKnown ? source : "b.nobody"))
            .Build();
        _provider = Sdk.CreateTracerProviderBuilder().AddSource(source).Build();
    }

    /// <summary>Makes a chat span without content.</summary>
    public static ForeignSpan Chat(bool isBridged, bool isKnown = true, bool isPriced = false) => new(
        "chat gpt-4o",
        [
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.provider.name", "openai"),
            new("gen_ai.request.model", "gpt-4o"),
            new("gen_ai.request.temperature", 0.5f),
            new("gen_ai.request.max_tokens", 100),
            new("server.address", "api.openai.com"),
            new("server.port", 443),
            new("gen_ai.response.id", "chatcmpl-1"),
            new("gen_ai.response.model", "gpt-4o-2024-08-06"),
            new("gen_ai.response.finish_reasons", "[\"stop\"]"),
            new("gen_ai.usage.input_tokens", 1_000),
            new("gen_ai.usage.output_tokens", 100),
        ],
        isBridged,
        isKnown,
        isPriced);

    /// <summary>Makes a tool span without content.</summary>
    public static ForeignSpan Tool(bool isBridged) => new(
        "execute_tool search",
        [
            new("gen_ai.operation.name", "execute_tool"),
            new("gen_ai.tool.type", "function"),
            new("gen_ai.tool.call.id", "call-1"),
            new("gen_ai.tool.name", "search"),
            new("gen_ai.tool.description", "Searches."),
        ],
        isBridged,
        isKnown: true,
        isPriced: false);

    /// <inheritdoc/>
    public override void Run()
    {
        using var span = _source.StartActivity(_name, ActivityKind.Client)!;
        foreach (var (key, value) in _tags)
        {
            span.SetTag(key, value);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _provider.Dispose();
        _bridge?.Dispose();
        _root.Dispose();
        _source.Dispose();
    }
}
