using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Operations;

public sealed class ContextOnSpansTests : IDisposable
{
    private readonly StubChatClient _stub = new();
    private readonly ObservedChat _chat;

    public ContextOnSpansTests() => _chat = new ObservedChat(_stub);

    public void Dispose() => _chat.Dispose();

    [Fact]
    public async Task Begin_EverythingGiven_IsOnTheSpan()
    {
        using (AgentContext.Begin("conv", "ada", "sess", ["a", "b"], new Dictionary<string, object?> { ["tier"] = 1, ["name"] = "x" }))
        {
            await _chat.AskAsync();
        }

        SpanAssert.Attributes(
            new(ExpectedTags.Both)
            {
                ["gen_ai.conversation.id"] = "conv",
                ["session.id"] = "sess",
                ["user.id"] = "ada",
                ["tag.tags"] = new[] { "a", "b" },
                ["metadata"] = """{"tier":1,"name":"x"}""",
            },
            _chat.Span);
    }

    [Theory]
    [InlineData("conv", null)]
    [InlineData(null, "conv")]
    public async Task Begin_OneOfConversationAndSession_StandsForBoth(string? conversation, string? session)
    {
        using (AgentContext.Begin(conversation, sessionId: session))
        {
            await _chat.AskAsync();
        }

        SpanAssert.Attributes(
            new(ExpectedTags.Both) { ["gen_ai.conversation.id"] = "conv", ["session.id"] = "conv" }, _chat.Span);
    }

    [Fact]
    public async Task Begin_Nested_OverridesKeyByKeyAndEndsWithItsScope()
    {
        using (AgentContext.Begin("outer", "ada", metadata: new Dictionary<string, object?> { ["a"] = 1, ["b"] = 1 }))
        {
            using (AgentContext.Begin("inner", metadata: new Dictionary<string, object?> { ["b"] = 2 }))
            {
                await _chat.AskAsync();
            }

            await _chat.AskAsync();
        }

        await _chat.AskAsync();

        Assert.Equal(
            ["inner ada {\"a\":1,\"b\":2}", "outer ada {\"a\":1,\"b\":1}", "  "],
            _chat.Spans.Spans.Select(static span =>
                $"{span.GetTagItem("gen_ai.conversation.id")} {span.GetTagItem("user.id")} {span.GetTagItem("metadata")}"));
    }

    [Fact]
    public async Task Begin_ParallelWork_KeepsItsOwnValues()
    {
        var gate = new StubGate();
        _stub.OnResponse = async _ =>
        {
            await gate.WaitAsync();
            return new();
        };

        var calls = Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            using (AgentContext.Begin($"c{number}"))
            {
                await Task.Yield();
                await _chat.AskAsync();
            }
        }));
        gate.Release();
        await calls;

        Assert.Equal(
            Enumerable.Range(0, 8).Select(static number => $"c{number}"),
            _chat.Spans.Spans.Select(static span => $"{span.GetTagItem("gen_ai.conversation.id")}").Order());
    }

    [Fact]
    public async Task Begin_ScopeLeftWhileTheStreamIsRead_StaysTheStreams()
    {
        IAsyncEnumerator<ChatResponseUpdate> reader;
        using (AgentContext.Begin("conv"))
        {
            reader = _chat.Client.GetStreamingResponseAsync("Hi", null, TestContext.Current.CancellationToken)
                .GetAsyncEnumerator(TestContext.Current.CancellationToken);
            await reader.MoveNextAsync();
        }

        await reader.MoveNextAsync();
        await reader.DisposeAsync();

        Assert.Equal("conv", _chat.Span.GetTagItem("gen_ai.conversation.id"));
    }

    [Theory]
    [InlineData("conv_1", null, "conv_1", null)]
    [InlineData("resp_1", null, null, "resp_1")]
    [InlineData(null, "conv_2", "conv_2", null)]
    [InlineData(null, "resp_2", null, null)]
    [InlineData("conv_1", "conv_2", "conv_1", null)]
    public async Task ConversationId_OfRequestOrResponse_StandsInUnlessItIsAResponseId(
        string? ofRequest, string? ofResponse, string? conversation, string? previous)
    {
        _stub.OnResponse = _ => Task.FromResult(new ChatResponse { ConversationId = ofResponse });
        _stub.OnStream = _ => new StubUpdates(new ChatResponseUpdate { ConversationId = ofResponse });

        await _chat.AskAsync(options: new() { ConversationId = ofRequest });
        await _chat.ReadAsync(options: new() { ConversationId = ofRequest });

        Assert.Equal(2, _chat.Spans.Spans.Count);
        Assert.All(_chat.Spans.Spans, span =>
        {
            Assert.Equal(conversation, span.GetTagItem("gen_ai.conversation.id"));
            Assert.Equal(conversation, span.GetTagItem("session.id"));
            Assert.Equal(previous, span.GetTagItem("gen_ai.request.previous_response.id"));
        });
    }

    [Fact]
    public async Task ConversationId_OfTheApplication_BeatsThatOfTheRequest()
    {
        using (AgentContext.Begin("mine"))
        {
            await _chat.AskAsync(options: new() { ConversationId = "conv_1" });
        }

        Assert.Equal("mine", _chat.Span.GetTagItem("gen_ai.conversation.id"));
    }

    [Fact]
    public async Task UserId_HashKeySet_IsAStableKeyedHash()
    {
        using var keyed = new ObservedChat(_stub, static o => o.Privacy.UserIdHashKey = "0123456789abcdef");
        using var otherwise = new ObservedChat(_stub, static o => o.Privacy.UserIdHashKey = "fedcba9876543210");
        using (AgentContext.Begin(userId: "ada"))
        {
            await keyed.AskAsync();
            await keyed.AskAsync();
            await otherwise.AskAsync();
        }

        var hashes = keyed.Spans.Spans.Select(static span => (string)span.GetTagItem("user.id")!).ToList();
        Assert.Matches("^[0-9a-f]{32}$", hashes[0]);
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], otherwise.Span.GetTagItem("user.id"));
    }

    [Fact]
    public async Task Context_GenAIAlone_StillNamesSessionAndUser()
    {
        using var chat = new ObservedChat(_stub, static o => o.Conventions = SpanConventions.GenAI);
        using (AgentContext.Begin("conv", "ada"))
        {
            await chat.AskAsync();
        }

        SpanAssert.Attributes(
            new(ExpectedTags.GenAI) { ["gen_ai.conversation.id"] = "conv", ["session.id"] = "conv", ["user.id"] = "ada" }, chat.Span);
    }
}
