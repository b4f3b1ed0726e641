using System.ClientModel;
using Microsoft.Extensions.AI;

namespace FakeModelServer.Tests;

public sealed class ToolCallRulesTests
{
    private static readonly ChatMessage Question = new(ChatRole.User, "Weather?");
    private static readonly ChatMessage Calls = new(ChatRole.Assistant, [new FunctionCallContent("a", "get"), new FunctionCallContent("b", "get")]);
    private static readonly ChatMessage Results = new(ChatRole.Tool, [new FunctionResultContent("a", "1"), new FunctionResultContent("b", "2")]);
    private static readonly ChatMessage OneResult = new(ChatRole.Tool, [new FunctionResultContent("a", "1")]);

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("chat")]
    [InlineData("responses")]
    [InlineData("anthropic")]
    public async Task GetResponseAsync_PairsThatAreWhole_AreAnswered(string protocol) => Assert.Null(await AskAsync(protocol, true, Question, Calls, Results));

    [Theory]
    [InlineData("chat")]
    [InlineData("responses")]
    [InlineData("anthropic")]
    public async Task GetResponseAsync_ResultWithoutItsCall_IsRefused(string protocol) =>
        Assert.Contains("does not follow a message with that call", await AskAsync(protocol, true, Question, Results));

    [Theory]
    [InlineData("chat")]
    [InlineData("responses")]
    [InlineData("anthropic")]
    public async Task GetResponseAsync_CallWithoutItsResult_IsRefused(string protocol) =>
        Assert.Contains("The tool calls b are not followed", await AskAsync(protocol, true, Question, Calls, OneResult, Question));

    [Fact]
    public async Task GetResponseAsync_CallAtTheEnd_IsRefused() => Assert.Contains("The tool calls a, b are not followed", await AskAsync("chat", true, Question, Calls));

    [Fact]
    public async Task GetResponseAsync_RuleNotAskedFor_IsAnswered() => Assert.Null(await AskAsync("chat", false, Question, Results));

    /// <summary>Returns the text of the refusal; null where there is none.</summary>
    private static async Task<string?> AskAsync(string protocol, bool refuses, params ChatMessage[] messages)
    {
        await using var server = await FakeServer.StartAsync(new() { RefuseBrokenToolCalls = refuses }, TestToken);
        using var client = protocol switch
        {
            "chat" => Clients.CreateOpenAIChatClient(server),
            "responses" => Clients.CreateResponsesChatClient(server),
            _ => Clients.CreateAnthropicChat(server),
        };
        var exception = await Record.ExceptionAsync(() => client.GetResponseAsync(messages, cancellationToken: TestToken));
        return exception is ClientResultException failed ? failed.GetRawResponse()!.Content.ToString()
            : exception is Anthropic.Exceptions.AnthropicApiException refused ? refused.ResponseBody
            : exception?.ToString();
    }
}
