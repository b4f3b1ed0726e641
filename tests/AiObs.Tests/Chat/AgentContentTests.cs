using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class AgentContentTests : AgentTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_WithReasoningAndImage_IsItsTextAlone(bool isStreaming)
    {
        using var model = StubChatClient.Scripted(Asks(
            new TextReasoningContent("Let me think."), new TextContent("Four."), new DataContent(new byte[] { 1 }, "image/png")));
        using var agent = model.UseAgent("helper", Observe());

        await RunAsync(agent, isStreaming);

        var span = Spans.Only();
        Assert.Equal("Four.", span.GetTagItem("output.value"));
        Assert.Equal("text/plain", span.GetTagItem("output.mime_type"));
    }

    [Fact]
    public async Task Question_AfterAnEarlierTurn_IsTheLastOfTheUser()
    {
        using var model = StubChatClient.Scripted(Says("Fine."));
        using var agent = model.UseAgent("helper", Observe());

        await agent.GetResponseAsync(
            [
                new(ChatRole.System, "Be brief."),
                new(ChatRole.User, "Hi"),
                new(ChatRole.Assistant, "Hello."),
                new(ChatRole.User, [new TextContent("How "), new TextContent("are you?")]),
                new(ChatRole.Assistant, "Well,"),
            ],
            cancellationToken: Token);

        Assert.Equal("How are you?", Spans.Only().GetTagItem("input.value"));
    }

    [Fact]
    public async Task Answer_LastMessageIsEmpty_IsTheOneBefore()
    {
        using var model = StubChatClient.Scripted(new ChatResponse(
            [new(ChatRole.Assistant, "Four."), new(ChatRole.Tool, "done"), new(ChatRole.Assistant, [])]));
        using var agent = model.UseAgent("helper", Observe());

        await RunAsync(agent, isStreaming: false);

        Assert.Equal("Four.", Spans.Only().GetTagItem("output.value"));
    }

    [Fact]
    public async Task Answer_WithoutText_IsItsParts()
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")));
        using var agent = model.UseAgent("helper", Observe());

        await RunAsync(agent, isStreaming: false);

        var span = Spans.Only();
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"weather","arguments":{"city":"Rome"}}]}]""",
            span.GetTagItem("output.value"));
        Assert.Equal("application/json", span.GetTagItem("output.mime_type"));
    }

    [Theory]
    [InlineData(nameof(PrivacyOptions.HideInputs), "__REDACTED__", "Sunny.")]
    [InlineData(nameof(PrivacyOptions.HideInputMessages), "__REDACTED__", "Sunny.")]
    [InlineData(nameof(PrivacyOptions.HideInputText), "__REDACTED__", "Sunny.")]
    [InlineData(nameof(PrivacyOptions.HideOutputs), "How is Rome?", "__REDACTED__")]
    [InlineData(nameof(PrivacyOptions.HideOutputMessages), "How is Rome?", "__REDACTED__")]
    [InlineData(nameof(PrivacyOptions.HideOutputText), "How is Rome?", "__REDACTED__")]
    public async Task Run_PartHidden_HidesThatPartOnly(string option, string input, string output)
    {
        using var model = StubChatClient.Scripted(Says("Sunny."));
        using var agent = model.UseAgent("helper", Observe(o => Set(o.Privacy, option)));

        await RunAsync(agent, isStreaming: false);

        var span = Spans.Only();
        Assert.Equal(input, span.GetTagItem("input.value"));
        Assert.Equal(output, span.GetTagItem("output.value"));
    }

    [Fact]
    public async Task Run_WithRedactor_RedactsBothSides()
    {
        using var model = StubChatClient.Scripted(Says("Rome is sunny."));
        using var agent = model.UseAgent(
            "helper", Observe(o => o.Privacy.RedactText = (_, text) => text.Replace("Rome", "…", StringComparison.Ordinal)));

        await RunAsync(agent, isStreaming: false);

        var span = Spans.Only();
        Assert.Equal("How is …?", span.GetTagItem("input.value"));
        Assert.Equal("… is sunny.", span.GetTagItem("output.value"));
    }

    [Fact]
    public async Task Run_ContentOn_DoesNotTellFunctionLoopsToRecordIt()
    {
        using var model = StubChatClient.Scripted(Says("Sunny."));
        using var agent = model.UseAgent("helper", Observe(o => o.CaptureContent = ContentCapture.All));

        await RunAsync(agent, isStreaming: false);

        Assert.Null(Spans.Only().GetCustomProperty("__EnableSensitiveData__"));
    }

    [Theory]
    [InlineData("conv-1", "conv-2", "conv-1")]
    [InlineData(null, "conv-2", "conv-2")]
    [InlineData("resp_1", "resp_2", null)]
    public async Task Run_ConversationOfRequestOrResponse_IsWritten(string? requested, string? answered, string? expected)
    {
        foreach (var isStreaming in new[] { false, true })
        {
            using var spans = new AiObs.TestSupport.SpanCollector(Source);
            using var model = StubChatClient.Scripted(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello.")) { ConversationId = answered });
            using var agent = model.UseAgent("helper", Observe(o => o.CaptureContent = ContentCapture.None));
            var options = new ChatOptions { ConversationId = requested };

            var run = isStreaming
                ? agent.GetStreamingResponseAsync("Hi", options, Token).ToChatResponseAsync(Token)
                : agent.GetResponseAsync("Hi", options, Token);
            await run;

            Assert.Equal(expected, spans.Only().GetTagItem("gen_ai.conversation.id"));
            Assert.Equal(expected, spans.Only().GetTagItem("session.id"));
        }
    }

    private static void Set(PrivacyOptions options, string? name)
    {
        if (name is not null)
        {
            typeof(PrivacyOptions).GetProperty(name)!.SetValue(options, true);
        }
    }
}
