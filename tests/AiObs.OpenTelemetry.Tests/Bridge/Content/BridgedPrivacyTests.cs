using System.Diagnostics;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content;

/// <summary>Privacy on spans of every part of the bridge, as an exporter sees them.</summary>
[Collection(KnownSources.Name)]
public sealed class BridgedPrivacyTests
{
    private const string Chats = "Experimental.Microsoft.Extensions.AI";
    private const string Question = """[{"role":"user","parts":[{"type":"text","content":"secret"}]}]""";
    private const string HiddenQuestion = """[{"role":"user","parts":[{"type":"text","content":"__REDACTED__"}]}]""";

    [Theory]
    [InlineData(true, "-32603")]
    [InlineData(false, """[{"type":"text","text":"secret"}]""")]
    public void Stop_ToolOfAServerFailed_ShowsWhatItSaidOnlyIfItMay(bool hides, string expected)
    {
        using var scene = Create(hides ? options => options.Privacy.HideOutputs = true : null);

        using (var span = scene.Start(
            "Experimental.ModelContextProtocol",
            "tools/call mail",
            ActivityKind.Client,
            new("mcp.method.name", "tools/call"),
            new("gen_ai.operation.name", "execute_tool"),
            new("gen_ai.tool.name", "mail"),
            new("error.type", "-32603")))
        {
            span.SetStatus(ActivityStatusCode.Error, """[{"type":"text","text":"secret"}]""");
        }

        Assert.Equal(expected, scene.Exporter.Only("tools/call mail").StatusDescription);
    }

    [Fact]
    public void Stop_CallFailedAndSomethingIsHidden_ShowsTheTypeAlone()
    {
        using var scene = Create(options => options.Privacy.HideInputImages = true);

        using (var span = scene.Start(
            Chats, "chat m", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("error.type", "System.Net.Http.HttpRequestException")))
        {
            span.SetStatus(ActivityStatusCode.Error, "No such thing as secret");
        }

        var exported = scene.Exporter.Only("chat m");
        Assert.Equal("System.Net.Http.HttpRequestException", exported.StatusDescription);
        SpanAssert.Attributes(
            new() { ["exception.type"] = "System.Net.Http.HttpRequestException" }, Assert.Single(exported.Events).Attributes);
    }

    [Fact]
    public void Stop_CallInsideOfAnother_HidesItsContentToo()
    {
        using var scene = Create(options => options.Privacy.HideInputText = true);

        using (scene.Start(Chats, "chat outer", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.input.messages", Question)))
        {
            scene.Emit("com.anthropic.sdk.csharp", "inner", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.input.messages", Question));
        }

        Assert.Equal(HiddenQuestion, scene.Exporter.Only("chat outer").Attributes["gen_ai.input.messages"]);
        Assert.Equal(HiddenQuestion, scene.Exporter.Only("inner").Attributes["gen_ai.input.messages"]);
    }

    [Fact]
    public void Stop_CallThatIsKeptAsADuplicate_HidesItsContentToo()
    {
        using var scene = new BridgeScene(
            root => root.Configure(options =>
            {
                options.CaptureContent = ContentCapture.Spans;
                options.Privacy.HideInputText = true;
            }),
            options => options.DuplicateModelSpans = DuplicateModelSpans.Keep);

        using (scene.Start(Chats, "chat outer", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.input.messages", Question)))
        {
            scene.Emit("com.anthropic.sdk.csharp", "inner", ActivityKind.Client, new KeyValuePair<string, object?>("gen_ai.operation.name", "chat"));
        }

        Assert.Equal(HiddenQuestion, scene.Exporter.Only("chat outer").Attributes["gen_ai.input.messages"]);
    }

    [Fact]
    public async Task Stop_SpanThatAClientEnriched_FollowsTheOptionsOfTheClient()
    {
        using var scene = Create();
        using var client = ObservedCall.CreateStub().UseAgentObservability(scene.Root, options => options.Privacy.HideInputText = true);

        using (var span = scene.Start(
            Chats,
            "chat stub-model",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.request.model", "stub-model"),
            new("gen_ai.input.messages", Question),
            new("user_question", "secret")))
        {
            span.SetCustomProperty("__EnableSensitiveData__", "true");
            await client.GetResponseAsync("secret", cancellationToken: TestContext.Current.CancellationToken);
        }

        var exported = scene.Exporter.Only("chat stub-model").Attributes;
        Assert.Empty(new CanaryScan("secret").Search(exported).Hits);
        Assert.Equal(HiddenQuestion, exported["gen_ai.input.messages"]);
        Assert.Equal(HiddenQuestion, exported["input.value"]);
        Assert.Equal("__REDACTED__", exported["llm.input_messages.0.message.content"]);
        Assert.Equal("Hello.", exported["output.value"]);
    }

    [Fact]
    public void Stop_ContentIsForEventsAlone_HidesItOnSpansOnceSomethingIsHidden()
    {
        using var scene = new BridgeScene(root => root.Configure(options =>
        {
            options.CaptureContent = ContentCapture.Events;
            options.Privacy.HideInputImages = true;
        }));

        var span = scene.Emit(Chats, "chat m", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.input.messages", Question));

        Assert.Empty(new CanaryScan("secret").Search(span.Attributes).Hits);
    }

    [Fact]
    public void Stop_ParametersAreHidden_HidesThemInBothConventions()
    {
        using var scene = Create(options => options.Privacy.HideLlmInvocationParameters = true);

        var span = scene.Emit(
            Chats,
            "chat m",
            ActivityKind.Client,
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.request.model", "m"),
            new("gen_ai.request.temperature", 0.5),
            new("gen_ai.request.choice.count", 2),
            new("gen_ai.output.type", "json"));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.request.model"] = "m",
                ["llm.model_name"] = "m",
                ["llm.request.model_name"] = "m",
                ["openinference.span.kind"] = "LLM",
            },
            span.Attributes);
    }

    [Fact]
    public void Stop_UserIdOfTheLibrary_IsHashedLikeOurs()
    {
        using var scene = Create(options => options.Privacy.UserIdHashKey = "0123456789abcdef");

        var span = scene.Emit(Chats, "chat m", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("enduser.id", "ada"));

        Assert.Equal(scene.Root.Pipeline.UserIdOf("ada"), span.Attributes["enduser.id"]);
        Assert.NotEqual("ada", span.Attributes["enduser.id"]);
    }

    [Fact]
    public void Stop_MalformedContent_IsLeftAloneAndCounted()
    {
        using var scene = Create();
        using var metrics = new MetricCollector(scene.OwnName);

        var span = scene.Emit(Chats, "chat m", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.input.messages", "[{"));

        Assert.Equal("[{", span.Attributes["gen_ai.input.messages"]);
        Assert.Equal("bridge", Assert.Single(metrics.Of("aiobs.faults")).Tags["aiobs.part"]);
    }

    [Fact]
    public void Stop_MalformedContentAndSomethingIsHidden_IsRemovedAndCountedOnce()
    {
        using var scene = Create(options => options.Privacy.HideOutputText = true);
        using var metrics = new MetricCollector(scene.OwnName);

        var span = scene.Emit(Chats, "chat m", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.input.messages", "[{"));

        Assert.DoesNotContain("gen_ai.input.messages", span.Attributes.Keys);
        Assert.Single(metrics.Of("aiobs.faults"));
    }

    private static BridgeScene Create(Action<AgentObservabilityOptions>? configure = null) => new(root => root.Configure(options =>
    {
        options.CaptureContent = ContentCapture.Spans;
        configure?.Invoke(options);
    }));
}
