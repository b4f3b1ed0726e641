using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>The effect of each option of privacy that hides nothing by name; <see cref="HideFlagTests"/> has the others.</summary>
public sealed class PrivacyOptionsTests
{
    private const string UserId = "ada@example.com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RedactionRules_InEveryPlaceOfAChat_RedactAndCount()
    {
        using var cage = Cage(static privacy => privacy.RedactionRules = RedactionRules.Email | RedactionRules.Card);
        using var client = StubChatClient.Answering(new ChatResponse(new ChatMessage(
                ChatRole.Assistant,
                [new TextReasoningContent("Who is a@b.io?"), new TextContent("It is a@b.io."), Call("c2", "a@b.io")])))
            .UseAgentObservability(cage.Root);

        await client.GetResponseAsync(
            [new(ChatRole.User, "I am a@b.io"), new(ChatRole.Assistant, [Call("c1", 4111111111111111)]), new(ChatRole.Tool, [new FunctionResultContent("c1", "a@b.io")])],
            new() { Instructions = "Mail a@b.io", Tools = [AIFunctionFactory.Create(static () => 1, "look", "Asks a@b.io")] },
            Token);

        var span = Assert.Single(cage.Spans);
        cage.AssertNoneOf("a@b.io", "4111111111111111");
        Assert.Equal(7L, span.GetTagItem("aiobs.redaction.email"));
        Assert.Equal(1L, span.GetTagItem("aiobs.redaction.card"));
        Assert.Equal("""[{"type":"text","content":"Mail [EMAIL]"}]""", span.GetTagItem("gen_ai.system_instructions"));
        Assert.Equal("""{"who":"[CARD]"}""", span.GetTagItem("llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments"));
    }

    [Fact]
    public async Task RedactionRules_OnExceptions_RedactStatusAndLog()
    {
        using var cage = Cage(static privacy => privacy.RedactionRules = RedactionRules.Email);
        using var client = StubChatClient.Throwing(new InvalidOperationException("No such user a@b.io")).UseAgentObservability(cage.Root);

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("Hi", cancellationToken: Token));

        SpanAssert.Status(ActivityStatusCode.Error, "No such user [EMAIL]", Assert.Single(cage.Spans));
        cage.AssertNoneOf("a@b.io");
    }

    [Fact]
    public async Task RedactionRules_OnAgentAndTool_RedactInputAndOutput()
    {
        using var cage = Cage(static privacy => privacy.RedactionRules = RedactionRules.Email);
        using var agent = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Bye a@b.io"))).UseAgent("agent", cage.Root);
        var tool = AIFunctionFactory.Create(static (string who) => $"{who} is a@b.io", "look", "Asks a@b.io").Observed(cage.Root);

        await agent.GetResponseAsync("I am a@b.io", cancellationToken: Token);
        await tool.InvokeAsync(new() { ["who"] = "a@b.io" }, Token);

        Assert.Equal(["Bye [EMAIL]", "[EMAIL] is [EMAIL]"], cage.Spans.Select(static span => span.GetTagItem("output.value")));
        Assert.Equal(["I am [EMAIL]", """{"who":"[EMAIL]"}"""], cage.Spans.Select(static span => span.GetTagItem("input.value")));
        Assert.Equal("Asks [EMAIL]", cage.Spans[1].GetTagItem("tool.description"));
        cage.AssertNoneOf("a@b.io");
    }

    [Fact]
    public async Task RedactionRules_InNamesIdsTagsMetadataAndStops_AreFollowedWithContentOffToo()
    {
        using var cage = Cage(static privacy => privacy.RedactionRules = RedactionRules.Email);
        using var off = Cage(static privacy => privacy.RedactionRules = RedactionRules.Email, ContentCapture.None);
        foreach (var root in new[] { cage.Root, off.Root })
        {
            using var client = new StubChatClient().UseAgentObservability(root);
            using (AgentContext.Begin(
                "c", tags: ["for a@b.io", "plain"], metadata: [new("owner", "a@b.io"), new("a@b.io", 1), new("nested", new[] { "a@b.io" })]))
            {
                await client.GetResponseAsync(
                    [new(ChatRole.User, [new TextContent("Hi"), new HostedFileContent("file of a@b.io")]) { AuthorName = "a@b.io" }],
                    new() { StopSequences = ["a@b.io", "END"] },
                    Token);
            }
        }

        cage.AssertNoneOf("a@b.io");
        off.AssertNoneOf("a@b.io");
        var span = Assert.Single(cage.Spans);
        Assert.Equal(["for [EMAIL]", "plain"], (string[])span.GetTagItem("tag.tags")!);
        Assert.Equal("""{"owner":"[EMAIL]","[EMAIL]":1,"nested":["[EMAIL]"]}""", span.GetTagItem("metadata"));
        Assert.Equal(["[EMAIL]", "END"], (string[])span.GetTagItem("gen_ai.request.stop_sequences")!);
        Assert.Equal(["[EMAIL]", "END"], (string[])Assert.Single(off.Spans).GetTagItem("gen_ai.request.stop_sequences")!);
        Assert.Equal(
            """[{"role":"user","name":"[EMAIL]","parts":[{"type":"text","content":"Hi"},{"type":"file","modality":"document","file_id":"file of [EMAIL]"}]}]""",
            span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task RedactText_InEveryPlaceOfACall_IsToldWhereItIs()
    {
        List<string> places = [];
        using var cage = Cage(privacy => privacy.RedactText = (place, text) =>
        {
            lock (places)
            {
                places.Add($"{place.Kind} {(place.IsOutput ? "out" : "in")} {place.Role} {place.Tool} {place.Key} = {text}");
            }

            return text;
        });
        using var client = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Bye")))
            .UseAgentObservability(cage.Root);

        await client.GetResponseAsync(
            [
                new(ChatRole.User, "Hi") { AuthorName = "Ada" },
                new(ChatRole.Assistant, [Call("c1", "x")]),
                new(ChatRole.Tool, [new FunctionResultContent("c1", "done")]),
            ],
            new() { Instructions = "Be brief", StopSequences = ["END"], Tools = [new DescribedTool()] },
            Token);

        Assert.Equal(
            [
                "Instructions in    = Be brief",
                "Message in user   = Hi",
                "Message out assistant   = Bye",
                "Name in user   = Ada",
                "Parameter in   stop_sequences = END",
                "ToolArgument in assistant look  = who",
                "ToolArgument in assistant look who = x",
                "ToolDescription in  shown  = Shows it.",
                "ToolResult in tool   = done",
            ],
            places.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RedactText_Throwing_HidesEveryTextAndNotTheAnswer()
    {
        using var cage = Cage(static privacy => privacy.RedactText = static (_, text) => throw new InvalidOperationException(text));
        using var client = StubChatClient.Answering(new ChatResponse(Canary.AnswerMessage())).UseAgentObservability(cage.Root);

        var response = await client.GetResponseAsync(Canary.Text, cancellationToken: Token);

        Assert.Equal(Canary.Answer, response.Text);
        Assert.Equal("__REDACTED__", Assert.Single(cage.Spans).GetTagItem("llm.input_messages.0.message.content"));
        cage.AssertNoneOf(Canary.Text, Canary.Answer, Canary.Reasoning, Canary.AnswerArguments);
    }

    [Fact]
    public async Task MaxContentLength_LongTexts_AreCutOneByOne()
    {
        using var cage = Cage(static privacy => privacy.MaxContentLength = 16);
        using var client = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, [Call("c1", "0123456789")])))
            .UseAgentObservability(cage.Root);

        await client.GetResponseAsync([new(ChatRole.User, "0123456789abcdefg"), new(ChatRole.User, "short")], cancellationToken: Token);

        var span = Assert.Single(cage.Spans);
        Assert.Equal("0123456789abcdef… [truncated, 17 characters in all]", span.GetTagItem("llm.input_messages.0.message.content"));
        Assert.Equal("short", span.GetTagItem("llm.input_messages.1.message.content"));
        Assert.Equal(
            """{"truncated":"{\"who\":\"01234567","length":20}""",
            span.GetTagItem("llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments"));
    }

    [Fact]
    public async Task MaxContentLength_CutThroughSecret_LeavesNoHalfOfIt()
    {
        using var cage = Cage(static privacy =>
        {
            privacy.MaxContentLength = 16;
            privacy.RedactionRules = RedactionRules.Email;
        });
        using var client = new StubChatClient().UseAgentObservability(cage.Root);

        await client.GetResponseAsync("write to grace.hopper@example.com", cancellationToken: Token);

        cage.AssertNoneOf("grace");
    }

    [Fact]
    public async Task HideInputText_PartsOfOtherKinds_KeepTheirKindWithoutTheirTexts()
    {
        using var cage = Cage(static privacy => privacy.HideInputText = true);
        using var client = new StubChatClient().UseAgentObservability(cage.Root);
        AIContent[] parts =
        [
            new CodeInterpreterToolCallContent("c1") { Inputs = [new TextContent(Canary.Text)] },
            new WebSearchToolCallContent("w1") { Queries = [Canary.Text] },
            new McpServerToolCallContent("m1", "find", "server") { Arguments = new Dictionary<string, object?> { ["q"] = Canary.Text } },
            new McpServerToolResultContent("m1") { Outputs = [new TextContent(Canary.Text)] },
            new ErrorContent(Canary.Text) { Details = Canary.Text },
        ];

        await client.GetResponseAsync([new(ChatRole.Assistant, [.. parts])], cancellationToken: Token);

        cage.AssertNoneOf(Canary.Text);
        Assert.Equal(
            """[{"role":"assistant","parts":["""
            + """{"type":"server_tool_call","id":"c1","name":"code_interpreter","server_tool_call":{"type":"code_interpreter","code":"__REDACTED__"}},"""
            + """{"type":"server_tool_call","id":"w1","name":"web_search","server_tool_call":{"type":"web_search","queries":"__REDACTED__"}},"""
            + """{"type":"server_tool_call","id":"m1","name":"find","server_tool_call":{"type":"mcp","server_name":"__REDACTED__","arguments":"__REDACTED__"}},"""
            + """{"type":"server_tool_call_response","id":"m1","server_tool_call_response":{"type":"mcp","output":"__REDACTED__"}},"""
            + """{"type":"error","message":"__REDACTED__","details":"__REDACTED__"}]}]""",
            Assert.Single(cage.Spans).GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task UserIdHashKey_Set_WritesTheSameKeyedHashInsteadOfTheId()
    {
        var first = await UserIdAsync("0123456789abcdef");
        var again = await UserIdAsync("0123456789abcdef");
        var otherKey = await UserIdAsync("fedcba9876543210");

        Assert.Matches("^[0-9a-f]{32}$", first);
        Assert.Equal(first, again);
        Assert.NotEqual(first, otherKey);
    }

    [Fact]
    public async Task UserIdHashKey_NotSet_WritesTheId() => Assert.Equal(UserId, await UserIdAsync(key: null));

    private static async Task<string> UserIdAsync(string? key)
    {
        using var cage = Cage(privacy => privacy.UserIdHashKey = key);
        using var client = new StubChatClient().UseAgent("agent", cage.Root).UseAgentObservability(cage.Root);

        using (AgentContext.Begin(userId: UserId))
        {
            await client.GetResponseAsync("Hi", cancellationToken: Token);
        }

        if (key is not null)
        {
            cage.AssertNoneOf(UserId);
        }

        Assert.Equal(2, cage.Spans.Count);
        return Assert.IsType<string>(Assert.Single(cage.Spans.Select(static span => span.GetTagItem("user.id")).Distinct()));
    }

    private static CanaryCage Cage(Action<PrivacyOptions> configure, ContentCapture capture = ContentCapture.All) => new(options =>
    {
        options.CaptureContent = capture;
        configure(options.Privacy);
    });

    private sealed class DescribedTool : AITool
    {
        public override string Name => "shown";

        public override string Description => "Shows it.";
    }

    private static FunctionCallContent Call(string id, object who) => new(id, "look", new Dictionary<string, object?> { ["who"] = who });
}
