using AiObs.Conversations.Guardrails;
using AiObs.Guardrails;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>What is told of guardrails, and how often.</summary>
public sealed class GuardrailTelemetryTests : IAsyncDisposable
{
    private readonly ConversationScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(GuardrailMode.Block, "policy_violation", "blocked")]
    [InlineData(GuardrailMode.Redact, "policy_violation", "redacted")]
    [InlineData(GuardrailMode.Warn, "policy_violation", "warned")]
    [InlineData(GuardrailMode.Shadow, "guardrail_shadowed", "shadowed")]
    public async Task Finding_EachMode_IsToldOnSpanMetricAndEvent(GuardrailMode mode, string type, string outcome)
    {
        using var spans = new SpanCollector(_scene.SourceName);
        using var metrics = new MetricCollector(_scene.SourceName);
        var word = GuardrailWords.Of(mode);

        using (AgentContext.Begin("c1", "ada"))
        {
            await RunnerOf(new GuardrailRule(StubGuardrail.Finding("1234"), mode)).CheckAsync(new(GuardrailStages.Output, [new(ChatRole.Assistant, "1234 and 1234")]), Token);
        }

        var span = Assert.Single(spans.Spans);
        Assert.Equal("guardrail secrets", span.DisplayName);
        Assert.Equal(
            [
                "aiobs.guardrail.hits=2", $"aiobs.guardrail.mode={word}", $"aiobs.guardrail.outcome={outcome}", "aiobs.guardrail.score=1", "aiobs.guardrail.stage=output", "aiobs.policy.name=secrets",
            ],
            span.TagObjects.Where(static tag => tag.Key.StartsWith("aiobs.", StringComparison.Ordinal)).Select(static tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(type == "policy_violation" ? type : "", string.Join(" ", span.Events.Select(static item => item.Name)));
        Assert.DoesNotContain("1234", SpanText.Of(span), StringComparison.Ordinal);

        var told = Assert.Single(await _scene.EventsAsync());
        Assert.Equal(
            type == "policy_violation"
                ? $"policy_violation c=c1 u=ada policy=secrets reason=a secret stage=output mode={word} score=1 hits=2"
                : $"guardrail_shadowed c=c1 u=ada stage=output mode={word} score=1 hits=2 policy=secrets reason=a secret",
            told);

        string[] tags = ["aiobs.guardrail.mode", "aiobs.guardrail.outcome", "aiobs.guardrail.stage", "aiobs.policy.name"];
        Assert.Equal(tags, metrics.Only("aiobs.guardrail.checks").Tags.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(tags, metrics.Only("aiobs.guardrail.duration").Tags.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Failure_IsToldWithoutWhatItQuotes()
    {
        using var spans = new SpanCollector(_scene.SourceName);
        var guardrail = new StubGuardrail { OnCheck = static (_, _) => throw new FormatException("cannot read 1234") };

        await RunnerOf(new GuardrailRule(guardrail, GuardrailMode.Block)).CheckAsync(new(GuardrailStages.Input, [new(ChatRole.User, "1234")]), Token);

        Assert.Equal(["policy_violation c= policy=secrets reason=it failed with FormatException stage=input mode=block score=0 hits=0"], await _scene.EventsAsync());
        var span = Assert.Single(spans.Spans);
        Assert.Equal(("failed", System.Diagnostics.ActivityStatusCode.Error), (span.GetTagItem("aiobs.guardrail.outcome"), span.Status));
    }

    [Fact]
    public async Task SameObjects_AreLookedAtAndToldOnce_ByWhicheverRunner()
    {
        var guardrail = StubGuardrail.Finding("1234");
        var rule = new GuardrailRule(guardrail, GuardrailMode.Redact);
        ChatMessage said = new(ChatRole.User, "my 1234");

        var first = await RunnerOf(rule).CheckAsync(new(GuardrailStages.Input, [said]), Token);
        var second = await RunnerOf(rule).CheckAsync(new(GuardrailStages.Input, [said]) { History = [new(ChatRole.User, "longer")] }, Token);

        Assert.Equal("my [SECRETS]", second.Messages[0].Text);
        Assert.Same(first.Messages[0].Contents[0], second.Messages[0].Contents[0]);
        Assert.Equal(first.Findings, second.Findings);
        Assert.Equal((1, 1), (guardrail.Checks, (await _scene.EventsAsync()).Length));
    }

    [Fact]
    public async Task SameObject_ThatSaysSomethingElse_IsLookedAtAgain()
    {
        var rule = new GuardrailRule(StubGuardrail.Finding("1234"), GuardrailMode.Block);
        var text = new TextContent("harmless");
        await RunnerOf(rule).CheckAsync(new(GuardrailStages.Input, [new(ChatRole.User, [text])]), Token);

        text.Text = "1234";
        var result = await RunnerOf(rule).CheckAsync(new(GuardrailStages.Input, [new(ChatRole.User, [text])]), Token);

        Assert.True(result.IsRefused);
    }

    [Theory]
    [InlineData(GuardrailStages.ToolCall, 2)]
    [InlineData(GuardrailStages.ToolResult, 1)]
    [InlineData(GuardrailStages.Input, 1)]
    public async Task WhatIsRemembered_DependsOnTheStage(GuardrailStages stage, int checks)
    {
        var guardrail = new StubGuardrail();
        var rule = new GuardrailRule(guardrail, GuardrailMode.Block);
        AIContent content = stage switch
        {
            GuardrailStages.ToolCall => new FunctionCallContent("c", "f"),
            GuardrailStages.ToolResult => new FunctionResultContent("c", "r"),
            _ => new TextContent("t"),
        };

        for (var time = 0; time < 2; time++)
        {
            await RunnerOf(rule).CheckAsync(new(stage, [new(ChatRole.User, [content])]), Token);
        }

        Assert.Equal(checks, guardrail.Checks);
    }

    [Theory]
    [InlineData(GuardrailStages.Input, 2)]
    [InlineData(GuardrailStages.ToolResult, 1)]
    public async Task Refused_IsAskedAgain_ButForResults(GuardrailStages stage, int checks)
    {
        var guardrail = new StubGuardrail { OnCheck = static (_, _) => ValueTask.FromResult(GuardrailVerdict.Fail("no")) };
        var rule = new GuardrailRule(guardrail, GuardrailMode.Block);
        ChatMessage[] messages = [new(ChatRole.Tool, [new FunctionResultContent("c", "r")])];

        for (var time = 0; time < 2; time++)
        {
            Assert.True((await RunnerOf(rule).CheckAsync(new(stage, messages), Token)).IsRefused);
        }

        Assert.Equal((checks, checks), (guardrail.Checks, (await _scene.EventsAsync()).Length));
    }

    [Fact]
    public async Task SwitchedOff_DecidesAndTellsNothing()
    {
        using var metrics = new MetricCollector(_scene.SourceName);
        _scene.Root.Enabled = false;

        var result = await RunnerOf(new GuardrailRule(StubGuardrail.Finding("1234"), GuardrailMode.Block)).CheckAsync(new(GuardrailStages.Input, [new(ChatRole.User, "1234")]), Token);

        Assert.True(result.IsRefused);
        Assert.Empty(await _scene.EventsAsync());
        Assert.Empty(metrics.Of("aiobs.guardrail.checks"));
    }

    [Fact]
    public async Task Judge_ThatCallsAModel_IsChildOfItsSpan()
    {
        using var spans = new SpanCollector(_scene.SourceName);
        var model = new StubChatClient().UseAgentObservability(_scene.Root);
        var guardrail = new StubGuardrail
        {
            OnCheck = async (_, token) =>
            {
                await model.GetResponseAsync("Is this fine?", cancellationToken: token);
                return GuardrailVerdict.Pass;
            },
        };

        await RunnerOf(new GuardrailRule(guardrail, GuardrailMode.Block)).CheckAsync(new(GuardrailStages.Input, [new(ChatRole.User, "x")]), Token);

        Assert.Equal(["chat stub-model", "guardrail secrets"], spans.Spans.Select(static span => span.DisplayName));
        Assert.Equal(spans.Spans[1].SpanId, spans.Spans[0].ParentSpanId);
    }

    private GuardrailRunner RunnerOf(params GuardrailRule[] rules) => new(_scene.Root, rules);
}
