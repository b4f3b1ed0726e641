using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge.Libraries;

[Collection(KnownSources.Name)]
public sealed class AgentFrameworkTests
{
    private const string Source = "Experimental.Microsoft.Agents.AI";
    private const string Workflows = "Microsoft.Agents.AI.Workflows";

    [Theory]
    [InlineData(false, "gen_ai.usage.")]
    [InlineData(true, "aiobs.agent.usage.")]
    public void Agent_AroundChats_IsAnAgentWhoseTotalsStayOrMove(bool moves, string prefix)
    {
        using var scene = new BridgeScene(tracing: options => options.MoveAgentTotals = moves);

        using (var agent = scene.Start(Source, "chat", ActivityKind.Client, new KeyValuePair<string, object?>("gen_ai.operation.name", "chat")))
        {
            agent.DisplayName = "invoke_agent Joker(a1)";
            agent.SetTag("gen_ai.operation.name", "invoke_agent");
            agent.SetTag("gen_ai.provider.name", "openai");
            agent.SetTag("gen_ai.agent.id", "a1");
            agent.SetTag("gen_ai.agent.name", "Joker");
            agent.SetTag("gen_ai.agent.description", "Tells jokes.");
            scene.Emit(Source, "chat gpt-4o", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.usage.input_tokens", 10));
            agent.SetTag("gen_ai.usage.input_tokens", 10);
            agent.SetTag("gen_ai.usage.output_tokens", 5);
            agent.SetTag("gen_ai.response.finish_reasons", "[\"stop\"]");
        }

        SpanAssert.Attributes(
            new()
            {
                ["agent.name"] = "Joker",
                ["aiobs.agent.iterations"] = 1L,
                ["gen_ai.agent.description"] = "Tells jokes.",
                ["gen_ai.agent.id"] = "a1",
                ["gen_ai.agent.name"] = "Joker",
                ["gen_ai.operation.name"] = "invoke_agent",
                ["gen_ai.provider.name"] = "openai",
                ["gen_ai.response.finish_reasons"] = (string[])["stop"],
                ["openinference.span.kind"] = "AGENT",
                [prefix + "input_tokens"] = 10,
                [prefix + "output_tokens"] = 5,
            },
            scene.Exporter.Only("invoke_agent Joker(a1)").Attributes);
        Assert.Equal("LLM", scene.Exporter.Only("chat gpt-4o").Attributes["openinference.span.kind"]);
    }

    [Fact]
    public void Workflow_Run_IsAChainUnderTheNameOfTheConvention()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Workflows,
            "workflow_invoke",
            ActivityKind.Internal,
            new("workflow.id", "w1"),
            new("workflow.name", "Review"),
            new("session.id", "s1"));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "invoke_workflow",
                ["gen_ai.workflow.name"] = "Review",
                ["openinference.span.kind"] = "CHAIN",
                ["session.id"] = "s1",
                ["workflow.id"] = "w1",
                ["workflow.name"] = "Review",
            },
            span.Attributes);
    }

    [Fact]
    public void Workflow_Step_IsANodeOfTheGraph()
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Workflows,
            "executor.process Writer",
            ActivityKind.Internal,
            new("executor.id", "Writer"),
            new("executor.type", "AgentExecutor"));

        SpanAssert.Attributes(
            new()
            {
                ["executor.id"] = "Writer",
                ["executor.type"] = "AgentExecutor",
                ["graph.node.id"] = "Writer",
                ["openinference.span.kind"] = "CHAIN",
            },
            span.Attributes);
    }

    [Theory]
    [InlineData("workflow.build", ActivityKind.Internal)]
    [InlineData("workflow.session", ActivityKind.Internal)]
    [InlineData("edge_group.process", ActivityKind.Internal)]
    [InlineData("message.send", ActivityKind.Producer)]
    [InlineData("compaction.compact", ActivityKind.Internal)]
    [InlineData("compaction.summarize", ActivityKind.Internal)]
    public void Step_OfAnyOtherKind_IsAChain(string name, ActivityKind kind)
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(name.StartsWith("compaction", StringComparison.Ordinal) ? Source : Workflows, name, kind);

        SpanAssert.Attributes(new() { ["openinference.span.kind"] = "CHAIN" }, span.Attributes);
    }
}
