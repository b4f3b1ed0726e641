using AiObs.TestSupport.Stubs;
using FakeModelServer;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests;

/// <summary>The conversation that most runs have: a question, a call of a tool, an answer. City and mail address are what masks look for.</summary>
internal static class Weather
{
    public const string Model = "gpt-4o-mini";
    public const string ToolName = "get_weather";
    public const string System = "Be brief.";
    public const string Question = "How warm is it in Paris? I am ann@example.com.";
    public const string Answer = "It is 22 degrees in Paris, ann@example.com.";

    private const string CallId = "call_1";

    public static ChatMessage[] Conversation => [new(ChatRole.System, System), new(ChatRole.User, Question)];

    public static AIFunction Tool => AIFunctionFactory.Create(Tell, ToolName, "Tells the weather.");

    /// <summary>Gets what a scripted model answers first: the call of the tool.</summary>
    public static ChatResponse Call => Asking(new FunctionCallContent(CallId, ToolName, new Dictionary<string, object?> { ["city"] = "Paris" }));

    /// <summary>Gets what a scripted model answers last.</summary>
    public static ChatResponse Says => Said(new TextContent(Answer));

    /// <summary>Gets what a server answers to the two requests of the conversation.</summary>
    public static ModelReply[] Replies =>
    [
        new()
        {
            ToolCalls = [new() { Name = ToolName, Arguments = ["{\"city\":", "\"Paris\"}"], Id = CallId }],
            Usage = new() { InputTokens = 20, OutputTokens = 7 },
        },
        Reply,
    ];

    /// <summary>Gets what a server answers to a request without tools.</summary>
    public static ModelReply Reply => new()
    {
        Text = ["It is 22 degrees ", "in Paris, ann@example.com."],
        Usage = new() { InputTokens = 30, OutputTokens = 10 },
    };

    public static string Tell(string city) => $"22 degrees in {city}";

    /// <summary>Makes a model that asks for the tool and then answers.</summary>
    public static StubChatClient Scripted() => Scripted(Call, Says);

    /// <summary>Makes a model that gives these answers, plain or streamed. As with real services, each update says which response and message it is of.</summary>
    public static StubChatClient Scripted(params ChatResponse[] responses)
    {
        var client = StubChatClient.Scripted(responses);
        client.Metadata = new ChatClientMetadata("openai", new Uri("https://api.openai.com/v1"), Model);
        client.OnStream = _ => new StubUpdates(UpdatesOf(responses[client.Calls.Count - 1]));
        return client;
    }

    /// <summary>Makes the answer of a model that wants tools called.</summary>
    public static ChatResponse Asking(params AIContent[] calls) => new(new ChatMessage(ChatRole.Assistant, [.. calls]) { MessageId = "msg_1" })
    {
        ResponseId = "resp_1",
        ModelId = Model,
        FinishReason = ChatFinishReason.ToolCalls,
        Usage = new() { InputTokenCount = 20, OutputTokenCount = 7, TotalTokenCount = 27 },
    };

    /// <summary>Makes the answer of a model that is done.</summary>
    public static ChatResponse Said(params AIContent[] contents) => new(new ChatMessage(ChatRole.Assistant, [.. contents]) { MessageId = "msg_2" })
    {
        ResponseId = "resp_2",
        ModelId = Model,
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 30, OutputTokenCount = 10, TotalTokenCount = 40 },
    };

    private static ChatResponseUpdate[] UpdatesOf(ChatResponse response)
    {
        var updates = response.ToChatResponseUpdates();
        foreach (var update in updates)
        {
            update.ResponseId = response.ResponseId;
            update.MessageId = response.Messages[^1].MessageId;
            update.ModelId = response.ModelId;
            update.Role = ChatRole.Assistant;
        }

        return updates;
    }
}
