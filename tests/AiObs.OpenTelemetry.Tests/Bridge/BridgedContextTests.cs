using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge;

[Collection(KnownSources.Name)]
public sealed class BridgedContextTests
{
    private const string Source = "Microsoft.SemanticKernel.Diagnostics";
    private static readonly KeyValuePair<string, object?> IsChat = new("gen_ai.operation.name", "chat");

    [Fact]
    public void Stopped_StartedInAScope_BearsItsValues()
    {
        using var scene = new BridgeScene();
        ExportedSpan span;

        using (AgentContext.Begin("conversation", "user", "session", ["a", "b"], [new("feature", "search")]))
        {
            span = scene.Emit(Source, "chat m", ActivityKind.Client, IsChat, new("gen_ai.conversation.id", "theirs"));
        }

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.conversation.id"] = "conversation",
                ["openinference.span.kind"] = "LLM",
                ["session.id"] = "session",
                ["user.id"] = "user",
                ["tag.tags"] = (string[])["a", "b"],
                ["metadata"] = "{\"feature\":\"search\"}",
            },
            span.Attributes);
    }

    [Fact]
    public void Stopped_EndedOutsideOfItsScope_BearsTheValuesOfItsStart()
    {
        using var scene = new BridgeScene();
        Activity span;
        using (AgentContext.Begin("conversation"))
        {
            span = scene.Start(Source, "chat m", ActivityKind.Client, IsChat);
        }

        using (AgentContext.Begin("another"))
        {
            span.Dispose();
            Assert.Equal("another", AgentContext.Current!.ConversationId);
        }

        Assert.Equal("conversation", scene.Exporter.Only("chat m").Attributes["session.id"]);
    }

    [Fact]
    public void Stopped_EndedInAScopeThatItDidNotStartIn_BearsNone()
    {
        using var scene = new BridgeScene();
        var span = scene.Start(Source, "chat m", ActivityKind.Client, IsChat);
        using (AgentContext.Begin("conversation"))
        {
            span.Dispose();
        }

        Assert.DoesNotContain("session.id", scene.Exporter.Only("chat m").Attributes);
    }

    [Theory]
    [InlineData("conv_1", "conv_1")]
    [InlineData("resp_1", null)]
    public void Stopped_ConversationOfTheLibrary_IsTheSessionUnlessItIsAResponse(string id, string? session)
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(Source, "chat m", ActivityKind.Client, IsChat, new("gen_ai.conversation.id", id));

        Assert.Equal(session, span.Attributes.GetValueOrDefault("session.id"));
    }

    [Fact]
    public void Stopped_Suppressed_IsLeftAlone()
    {
        using var scene = new BridgeScene();
        ExportedSpan span;
        using (AgentContext.Suppress())
        {
            span = scene.Emit(Source, "chat m", ActivityKind.Client, IsChat);
        }

        SpanAssert.Attributes(new() { ["gen_ai.operation.name"] = "chat" }, span.Attributes);
        Assert.Empty(scene.Told.Started);
    }

    [Fact]
    public void Stopped_SpansOfALoopOnOurSource_BearTheValuesToo()
    {
        using var scene = new BridgeScene();
        using (AgentContext.Begin("conversation"))
        {
            scene.Emit(scene.OwnName, "orchestrate_tools", ActivityKind.Internal);
        }

        Assert.Equal("conversation", scene.Exporter.Only("orchestrate_tools").Attributes["session.id"]);
    }
}
