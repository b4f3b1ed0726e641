using System.Diagnostics;
using System.Globalization;
using AiObs.Tracing;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>Agents that the application traces itself, around libraries that trace their calls themselves.</summary>
public sealed class AgentOfOursTests : IDisposable
{
    private readonly ActivitySource _foreign = new($"foreign-{Guid.NewGuid():N}");
    private readonly string _own = $"own-{Guid.NewGuid():N}";
    private readonly CollectingExporter _exporter = new();

    public void Dispose()
    {
        _foreign.Dispose();
        _exporter.Dispose();
    }

    [Fact]
    public async Task TracedAgent_BridgedCallsAndTools_AreCounted()
    {
        await using var root = AgentObservability.Create(builder => builder.Configure(o => o.SourceName = _own));
        using var provider = Build(root);

        using (root.Tracer.StartAgent("writer", new AgentStart { Input = "Write." }))
        {
            Start("chat", ActivityKind.Client).Dispose();
            using (Start("execute_tool", ActivityKind.Internal).SetTag("gen_ai.tool.name", "search"))
            {
                // The tool's affair.
                Start("chat", ActivityKind.Client).Dispose();
            }

            Start("chat", ActivityKind.Client).Dispose();
        }

        provider.Shutdown();
        var agent = _exporter.Only("invoke_agent writer").Attributes;
        Assert.Equal(2, Convert.ToInt32(agent["aiobs.agent.iterations"], CultureInfo.InvariantCulture));
        Assert.Equal(["search"], (string[])agent["aiobs.agent.tools_used"]!);
    }

    [Fact]
    public async Task TracedAgent_AgentOfALibraryInside_KeepsItsOwnCalls()
    {
        await using var root = AgentObservability.Create(builder => builder.Configure(o => o.SourceName = _own));
        using var provider = Build(root);

        using (root.Tracer.StartAgent("writer", new AgentStart { Input = "Write." }))
        using (Start("invoke_agent", ActivityKind.Internal))
        {
            Start("chat", ActivityKind.Client).Dispose();
        }

        provider.Shutdown();
        Assert.False(_exporter.Only("invoke_agent writer").Attributes.ContainsKey("aiobs.agent.iterations"));
    }

    private TracerProvider Build(AgentObservability root) => Sdk.CreateTracerProviderBuilder()
        .AddSource(_foreign.Name)
        .AddAgentObservability(root, o => o.ModelSourceNames.Add(_foreign.Name))
        .AddProcessor(new SimpleActivityExportProcessor(_exporter))
        .Build();

    private Activity Start(string operation, ActivityKind kind)
    {
        var span = _foreign.StartActivity(operation, kind)!;
        return span.SetTag("gen_ai.operation.name", operation);
    }
}
