using AiObs.Conversations.Guardrails;
using AiObs.Guardrails;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails;

public sealed class GuardrailRunnerTests : IAsyncDisposable
{
    private readonly ConversationScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(GuardrailMode.Block, "my code is 1234", true)]
    [InlineData(GuardrailMode.Redact, "my code is [SECRETS]", false)]
    [InlineData(GuardrailMode.Warn, "my code is 1234", false)]
    [InlineData(GuardrailMode.Shadow, "my code is 1234", false)]
    public async Task Check_EachMode_DecidesWhatFollows(GuardrailMode mode, string text, bool isRefused)
    {
        var result = await CheckAsync(GuardrailStages.Input, Said("my code is 1234"), new GuardrailRule(StubGuardrail.Finding("1234"), mode));

        Assert.Equal((text, isRefused), (result.Messages[0].Text, result.IsRefused));
        Assert.Equal(new("secrets", mode, GuardrailStages.Input, "a secret", 1, 1, TimeSpan.Zero), Assert.Single(result.Findings));
        Assert.Equal(isRefused ? result.Findings[0] : null, result.Refusal);
    }

    [Fact]
    public async Task Check_SeveralRules_EachSeesWhatTheOneBeforeLeft()
    {
        List<string> seen = [];
        var last = new StubGuardrail { Name = "last", OnCheck = (request, _) => Note(request, seen) };

        var result = await CheckAsync(
            GuardrailStages.Output,
            Said("ab"),
            new GuardrailRule(StubGuardrail.Finding("b", "x"), GuardrailMode.Redact),
            new GuardrailRule(StubGuardrail.Finding("[X", "y"), GuardrailMode.Redact),
            new GuardrailRule(last, GuardrailMode.Warn));

        Assert.Equal(["a[Y]]"], seen);
        Assert.Equal("a[Y]]", result.Messages[0].Text);
    }

    [Fact]
    public async Task Check_Blocked_AsksNoRuleAfterIt()
    {
        var after = new StubGuardrail();

        var result = await CheckAsync(GuardrailStages.Input, Said("x"), new GuardrailRule(StubGuardrail.Finding("x"), GuardrailMode.Block), new GuardrailRule(after, GuardrailMode.Block));

        Assert.Equal((true, 0), (result.IsRefused, after.Checks));
    }

    [Fact]
    public async Task Check_OtherStage_IsNotLookedAt()
    {
        var guardrail = new StubGuardrail();

        await CheckAsync(GuardrailStages.Output, Said("x"), new GuardrailRule(guardrail, GuardrailMode.Block) { Stages = GuardrailStages.Input });

        Assert.Equal(0, guardrail.Checks);
    }

    [Theory]
    [InlineData(GuardrailMode.Block, true)]
    [InlineData(GuardrailMode.Warn, false)]
    [InlineData(GuardrailMode.Shadow, false)]
    public async Task Check_Throws_FollowsOnFailure(GuardrailMode onFailure, bool isRefused)
    {
        var guardrail = new StubGuardrail { OnCheck = static (_, _) => throw new FormatException("cannot read 1234") };

        var result = await CheckAsync(GuardrailStages.Input, Said("1234"), new GuardrailRule(guardrail, GuardrailMode.Redact) { OnFailure = onFailure });

        Assert.Equal(new("secrets", onFailure, GuardrailStages.Input, "it failed with FormatException", 0, 0, TimeSpan.Zero, IsFailure: true), Assert.Single(result.Findings));
        Assert.Equal(isRefused, result.IsRefused);
    }

    [Theory]
    [InlineData(null, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(0, 4, 2)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 2, -1)]
    public async Task Redact_HitStandsNowhere_IsAFailure(int? text, int start, int length)
    {
        var guardrail = Hitting(new GuardrailHit("x") { Text = text, Start = start, Length = length });

        var result = await CheckAsync(GuardrailStages.Input, Said("abcd"), new GuardrailRule(guardrail, GuardrailMode.Redact));

        Assert.Equal((true, true), (result.IsRefused, result.Refusal!.IsFailure));
    }

    [Fact]
    public async Task Redact_OverlappingAndReachingOut_IsReplacedOnce()
    {
        var guardrail = Hitting(
            new GuardrailHit("x") { Text = 0, Start = 2, Length = int.MaxValue },
            new GuardrailHit("x") { Text = 0, Start = 1, Length = 2 });

        var result = await CheckAsync(GuardrailStages.Input, Said("abcd"), new GuardrailRule(guardrail, GuardrailMode.Redact));

        Assert.Equal("a[SECRETS]", result.Messages[0].Text);
    }

    [Fact]
    public async Task Redact_TextInSeveralContents_IsFoundAndReplacedAcrossThem()
    {
        ChatMessage[] said = [new(ChatRole.Assistant, [new TextContent("my se"), new TextReasoningContent("secret"), new TextContent("cret, my friend"), new TextContent("!")])];

        var result = await CheckAsync(GuardrailStages.Output, said, new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Redact));

        Assert.Equal(["my [SECRETS]", "[SECRETS]", ", my friend", "!"], result.Messages[0].Contents.Select(static content => content is TextContent text ? text.Text : ((TextReasoningContent)content).Text));
        Assert.Same(said[0].Contents[3], result.Messages[0].Contents[3]);
        Assert.Equal("my se", ((TextContent)said[0].Contents[0]).Text);
    }

    [Fact]
    public async Task Redact_Changed_LosesItsRawForm()
    {
        ChatMessage changed = new(ChatRole.User, [new TextContent("secret") { RawRepresentation = "raw" }]) { RawRepresentation = "raw", MessageId = "1", AuthorName = "Ada" };
        ChatMessage same = new(ChatRole.User, "fine") { RawRepresentation = "raw" };

        var result = await CheckAsync(GuardrailStages.Input, [changed, same], new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Redact));

        var copy = result.Messages[0];
        Assert.Equal((null, null, "1", "Ada"), (copy.RawRepresentation, copy.Contents[0].RawRepresentation, copy.MessageId, copy.AuthorName));
        Assert.Same(same, result.Messages[1]);
        Assert.Equal(("secret", "raw"), (changed.Text, changed.RawRepresentation));
    }

    [Fact]
    public async Task Redact_Arguments_AreReplacedByPointerInACopy()
    {
        using var json = System.Text.Json.JsonDocument.Parse("""{"a/b":[1,"my secret",{"~":"secret"}],"n":5}""");
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["to"] = "a secret place", ["deep"] = json.RootElement.Clone(), ["none"] = null, ["count"] = 3 };
        var call = new FunctionCallContent("c", "send", arguments) { RawRepresentation = "raw" };

        var result = await CheckAsync(GuardrailStages.ToolCall, [new(ChatRole.Assistant, [call])], new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Redact));

        var copy = (FunctionCallContent)result.Messages[0].Contents[0];
        Assert.Equal("""{"to":"a [SECRETS] place","deep":{"a/b":[1,"my [SECRETS]",{"~":"[SECRETS]"}],"n":5},"none":null,"count":3}""", System.Text.Json.JsonSerializer.Serialize(copy.Arguments));
        Assert.Equal(("c", "send", null), (copy.CallId, copy.Name, copy.RawRepresentation));
        Assert.Equal("a secret place", arguments["to"]);
        Assert.Equal(("send", "c", 3), (result.Findings[0].Tool, result.Findings[0].CallId, result.Findings[0].Hits));
    }

    [Fact]
    public async Task Redact_Results_OfEachKind()
    {
        object[] results = ["a secret", new TextContent("a secret"), new AIContent[] { new DataContent("data:text/plain;base64,c2VjcmV0"), new TextContent("a secret") }, new { note = "a secret", secret = 1 }];

        List<object?> replaced = [];
        foreach (var value in results)
        {
            var result = await CheckAsync(GuardrailStages.ToolResult, [new(ChatRole.Tool, [new FunctionResultContent("c", value)])], new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Redact));
            replaced.Add(((FunctionResultContent)result.Messages[0].Contents[0]).Result);
        }

        Assert.Equal("a [SECRETS]", replaced[0]);
        Assert.Equal("a [SECRETS]", Assert.IsType<TextContent>(replaced[1]).Text);
        Assert.Equal("a [SECRETS]", Assert.IsType<TextContent>(Assert.IsAssignableFrom<IEnumerable<AIContent>>(replaced[2]).Last()).Text);
        Assert.Equal("""{"note":"a [SECRETS]","secret":1}""", replaced[3]!.ToString());
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Check_Hangs_IsLeftBehindWhenItsTimeIsOver(bool blocksThread)
    {
        using var end = new ManualResetEventSlim();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var guardrail = new StubGuardrail
        {
            OnCheck = (_, _) =>
            {
                started.SetResult();
                if (blocksThread)
                {
                    end.Wait(HangGuard.Limit, CancellationToken.None);
                }

                return new(new TaskCompletionSource<GuardrailVerdict>().Task);
            },
        };

        var check = CheckAsync(GuardrailStages.Input, Said("x"), new GuardrailRule(guardrail, GuardrailMode.Warn) { Timeout = TimeSpan.FromSeconds(3) }).AsTask();
        await started.Task;
        _scene.Clock.Advance(TimeSpan.FromSeconds(3));
        var result = await check;

        Assert.Equal(new("secrets", GuardrailMode.Warn, GuardrailStages.Input, "it did not answer within 00:00:03", 0, 0, TimeSpan.FromSeconds(3), IsFailure: true), Assert.Single(result.Findings));
        end.Set();
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Check_CallerGivesUp_IsNoFailure()
    {
        using var source = new CancellationTokenSource();
        var guardrail = new StubGuardrail
        {
            OnCheck = async (_, token) =>
            {
                await source.CancelAsync();
                token.ThrowIfCancellationRequested();
                return GuardrailVerdict.Pass;
            },
        };
        var runner = new GuardrailRunner(_scene.Root, [new(guardrail, GuardrailMode.Block)]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.CheckAsync(new(GuardrailStages.Input, Said("x")), source.Token).AsTask());

        Assert.Empty(await _scene.EventsAsync());
    }

    [Fact]
    public async Task Check_ReturnsNothing_IsAFailure()
    {
        var guardrail = new StubGuardrail { OnCheck = static (_, _) => ValueTask.FromResult<GuardrailVerdict>(null!) };

        var result = await CheckAsync(GuardrailStages.Input, Said("x"), new GuardrailRule(guardrail, GuardrailMode.Block));

        Assert.True(result.Refusal!.IsFailure);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(7, 1)]
    [InlineData(-1, 0)]
    public async Task Check_ScoreOutOfRange_IsBroughtIntoIt(double score, double expected)
    {
        var result = await CheckAsync(GuardrailStages.Input, Said("x"), new GuardrailRule(Hitting(new GuardrailHit("x", score)), GuardrailMode.Warn));

        Assert.Equal(expected, result.Findings[0].Score);
    }

    private static ChatMessage[] Said(string text) => [new(ChatRole.User, text)];

    private static StubGuardrail Hitting(params GuardrailHit[] hits) => new() { OnCheck = (_, _) => ValueTask.FromResult(new GuardrailVerdict(hits)) };

    private static ValueTask<GuardrailVerdict> Note(GuardrailRequest request, List<string> seen)
    {
        seen.AddRange(request.Texts.Select(static text => text.Value));
        return ValueTask.FromResult(GuardrailVerdict.Pass);
    }

    private ValueTask<GuardrailResult> CheckAsync(GuardrailStages stage, IReadOnlyList<ChatMessage> messages, params GuardrailRule[] rules) =>
        new GuardrailRunner(_scene.Root, rules).CheckAsync(new(stage, messages), Token);
}
