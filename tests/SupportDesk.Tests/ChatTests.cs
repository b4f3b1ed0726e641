using System.Net;
using System.Text.Json.Nodes;
using AiObs.Events;
using AiObs.TestSupport;
using SupportDesk.Assistant;
using SupportDesk.Model;

namespace SupportDesk.Tests;

/// <summary>Asks questions over HTTP, as the page does.</summary>
public sealed class ChatTests
{
    [Fact]
    public async Task Question_ModelCallsATool_StreamsCallResultTextAndCost()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        desk.Model.Enqueue(Replies.Call(SupportTools.LookUpOrder, """{"orderId":"1001"}"""), Replies.Say("It arrives ", "tomorrow."));

        var events = await visitor.AskAsync(await visitor.StartConversationAsync(), "Where is my order 1001?");

        Assert.Equal(
            [
                """tool_call {"id":"call-1","name":"look_up_order","arguments":"{\"orderId\":\"1001\"}"}""",
                """tool_result {"id":"call-1","result":"{\"id\":\"1001\",\"item\":\"a pair of walking boots\",\"price\":129.00,\"status\":\"on its way and will arrive tomorrow\"}"}""",
                """text {"delta":"It arrives "}""",
                """text {"delta":"tomorrow."}""",
                $$$"""done {"traceId":"{{{desk.Spans.Spans[0].TraceId}}}","cost":{"usd":0.0090,"isExact":true,"calls":2,"inputTokens":2000,"outputTokens":200},"budget":{"spent":0.0090,"limit":0.03}}""",
            ],
            events);
    }

    [Fact]
    public async Task Question_Answered_LeavesOneTraceWithAgentCallsAndTool()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        desk.Model.Enqueue(Replies.Call(SupportTools.SearchArticles, """{"query":"send things back"}"""), Replies.Say("30 days."));

        await visitor.AskAsync(await visitor.StartConversationAsync(), "How long may I send things back?");

        Assert.Equal(
            ["memory.apply", "chat claude-sonnet-4-5", "help-articles", "execute_tool search_articles", "chat claude-sonnet-4-5", "invoke_agent support-desk", "converse"],
            desk.Spans.Spans.Select(span => span.DisplayName.Replace("retrieval ", "", StringComparison.Ordinal)));
        Assert.Single(desk.Spans.Spans.Select(span => span.TraceId).Distinct());
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Answer_WhileTheModelSpeaks_ArrivesPieceByPiece()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        var isSeen = new TaskCompletionSource();
        desk.Model.Enqueue(Replies.Say("First ", "second.") with
        {
            BeforePiece = (piece, cancellationToken) => piece == 1 ? isSeen.Task.WaitAsync(cancellationToken) : Task.CompletedTask,
        });

        List<string> seen = [];
        await foreach (var item in visitor.StreamAsync(await visitor.StartConversationAsync(), "Hello?"))
        {
            seen.Add(item);
            isSeen.TrySetResult();
        }

        Assert.Equal(["""text {"delta":"First "}""", """text {"delta":"second."}"""], seen[..2]);
    }

    [Fact]
    public async Task SecondQuestion_OfAConversation_BringsWhatWasSaid()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        var conversation = await visitor.StartConversationAsync();
        desk.Model.Enqueue(Replies.Say("Hello."), Replies.Say("Bye."));

        await visitor.AskAsync(conversation, "Hi");
        await visitor.AskAsync(conversation, "Thanks");

        Assert.Equal(
            [("user", "Hi"), ("assistant", "Hello."), ("user", "Thanks")],
            JsonNode.Parse(desk.Model.Requests[1].Body)!["messages"]!.AsArray().Select(message => ((string)message!["role"]!, TextOf(message["content"]!))));
    }

    [Fact]
    public async Task Refund_Twice_IsRefusedTheSecondTimeAndNotKnownToOtherConversations()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        var (first, second) = (await visitor.StartConversationAsync(), await visitor.StartConversationAsync());
        desk.Model.Handler = static request => request.NewToolResults.Count > 0
            ? Replies.Say(request.NewToolResults[0].Text)
            : Replies.Call(SupportTools.RefundOrder, """{"orderId":"1002","reason":"broken"}""");

        string[] answers = [DeskVisitor.TextOf(await visitor.AskAsync(first, "Refund")), DeskVisitor.TextOf(await visitor.AskAsync(first, "Refund")), DeskVisitor.TextOf(await visitor.AskAsync(second, "Refund"))];

        const string Refunded = """{"refundId":"R-1002","orderId":"1002","amount":24.90,"reason":"broken"}""";
        Assert.Equal([Refunded, "Error: Function failed. Exception: Order 1002 is refunded already.", Refunded], answers.Select(Compact));
    }

    [Fact]
    public async Task Key_OfOpenAI_AsksOpenAI()
    {
        await using var desk = await RunningDesk.StartAsync([new(ModelConnection.AnthropicKey, ""), new(ModelConnection.OpenAIKey, "test-key")]);
        using var visitor = await desk.EnterAsync();
        desk.Model.Enqueue(Replies.Say("Hello."));

        var events = await visitor.AskAsync(await visitor.StartConversationAsync(), "Hi");

        Assert.Equal("Hello.", DeskVisitor.TextOf(events));
        Assert.Equal(0.0035m, (decimal)DeskVisitor.DoneOf(events)["cost"]!["usd"]!);
        Assert.Equal("gpt-4o of OpenAI", (string?)(await visitor.ReadSessionAsync())["model"]);
        var request = Assert.Single(desk.Model.Requests);
        Assert.Equal(("/v1/chat/completions", "Bearer test-key"), (request.Path, request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData("Where is my order 1001?", "Order 1001, a pair of walking boots, is on its way and will arrive tomorrow.")]
    [InlineData("Refund order 1002, it is broken", "I have refunded $24.90 for order 1002; the reference is R-1002.")]
    [InlineData("How long may I send things back?", "You may send anything back for 30 days, worn or not. The label for the parcel is in the box; return shipping costs nothing.")]
    [InlineData("Is order 9999 lost?", "I am sorry, that did not work. Error: Function failed. Exception: There is no order 9999.")]
    [InlineData("Sing!", "I found nothing about that. Ask me about deliveries, returns, refunds or payments, or name the number of an order.")]
    public async Task Script_WithoutAnyKey_AnswersByTheToolsAndCosts(string question, string answer)
    {
        await using var desk = await RunningDesk.StartAsync([new(ModelConnection.AnthropicKey, ""), new(ModelConnection.OpenAIKey, "")]);
        using var visitor = await desk.EnterAsync();

        var events = await visitor.AskAsync(await visitor.StartConversationAsync(), question);

        Assert.Equal(answer, DeskVisitor.TextOf(events));
        Assert.Equal((2L, true), ((long)DeskVisitor.DoneOf(events)["cost"]!["calls"]!, (bool)DeskVisitor.DoneOf(events)["cost"]!["isExact"]!));
        Assert.Empty(desk.Model.Requests);
        Assert.Equal(
            "claude-sonnet-4-5, played by a script (set ANTHROPIC_API_KEY or OPENAI_API_KEY for a real one)",
            (string?)(await visitor.ReadSessionAsync())["model"]);
    }

    [Fact]
    public async Task Records_OfAnAnswer_HaveItsSpansReceiptsAndEvents()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var visitor = await desk.EnterAsync();
        var conversation = await visitor.StartConversationAsync();
        desk.Model.Enqueue(Replies.Call(SupportTools.LookUpOrder, """{"orderId":"1003"}"""), Replies.Say("Packed."));
        var trace = (string)DeskVisitor.DoneOf(await visitor.AskAsync(conversation, "Order 1003?"))["traceId"]!;

        var response = await visitor.GetAsync($"api/conversations/{conversation}/traces/{trace}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var records = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(trace, (string?)records["traceId"]);
        Assert.Equal(
            [
                ("invoke_agent support-desk", 0, null),
                ("chat claude-sonnet-4-5", 1, 0.0045m),
                ("execute_tool look_up_order", 1, null),
                ("chat claude-sonnet-4-5", 1, 0.0045m),
            ],
            records["spans"]!.AsArray()
                .Select(span => ((string)span!["name"]!, (int)span["depth"]!, (decimal?)span["usd"]))

                // The SDK's own spans are seen by one of the desks that run side by side in this process.
                .Where(span => span.Item1 != "anthropic.messages.create"));
        Assert.Equal([("claude-sonnet-4-5", 0.0045m), ("claude-sonnet-4-5", 0.0045m)], records["calls"]!.AsArray().Select(call => ((string)call!["model"]!, (decimal)call["usd"]!)));
        Assert.Matches(@"^rule    claude-sonnet-4-5 \(anthropic\)\n(.*\n)+total +0\.00450*\n\namount  exact$", (string)records["calls"]![0]!["receipt"]!);
        Assert.Equal(
            [
                // Those of the conversation are committed with it, those of calls come by a queue.
                "agent_completed", "conversation_created", "cost_recorded", "cost_recorded", "message_sent", "message_sent", "message_sent", "message_sent", "response_received", "response_received",
                "tool_called", "turn_completed",
            ],
            records["events"]!.AsArray().Select(item => (string)item!["type"]!).Where(type => type != AgentEventTypes.BudgetThreshold).Order(StringComparer.Ordinal));
    }

    private static string TextOf(JsonNode content) => content is JsonArray parts ? string.Concat(parts.Select(static part => (string?)part!["text"])) : (string)content!;

    private static string Compact(string text) => text.StartsWith('{') ? JsonNode.Parse(text)!.ToJsonString() : text;
}
