using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>Content is off by default: then no byte of it is on a span, in a measurement or in a log record.</summary>
public sealed class ContentOffTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_ContentOff_LeavesNoContentAnywhere()
    {
        using var cage = new CanaryCage(static options => options.RecordedAdditionalProperties.Add("note"));
        using var stub = Answering();

        await cage.CallAsync(stub, Canary.Exception, Token);

        Assert.Equal(4, cage.Spans.Count);
        Assert.NotEmpty(cage.Logs);
        Assert.Equal(8, cage.Events.Count);
        cage.AssertNoneOf([.. Canary.Inputs, .. Canary.Outputs, Canary.Exception]);
    }

    [Fact]
    public async Task Chat_ContentOn_HasEveryCanary()
    {
        using var cage = new CanaryCage(static options =>
        {
            options.CaptureContent = ContentCapture.All;
            options.RecordedAdditionalProperties.Add("note");
        });
        using var stub = Answering();

        await cage.CallAsync(stub, Canary.Exception, Token);

        cage.AssertEachInEvents([.. Canary.Outputs.Except([Canary.Signature]), Canary.Exception]);

        // The schema of the answer and the raw bytes are recorded nowhere, whatever is switched on.
        cage.AssertEachOf([.. Canary.Inputs.Except([Canary.ResponseSchema, Canary.Image]), .. Canary.Outputs, Canary.Exception]);
        cage.AssertNoneOf(Canary.ResponseSchema, Canary.Image);
    }

    [Fact]
    public async Task AgentWithTools_ContentOff_LeavesNoContentAnywhere()
    {
        using var cage = new CanaryCage();
        using var agent = new FunctionInvokingChatClient(AskingForTools()).UseAgent("agent", cage.Root);
        var options = new ChatOptions
        {
            Instructions = Canary.Instructions,
            Tools = [AIFunctionFactory.Create((string at) => $"{Canary.Result} {at}", "look"), AIFunctionFactory.Create(Fail, "fail")],
        };

        await agent.GetResponseAsync(Canary.Messages(), options, Token);
        await agent.GetStreamingResponseAsync(Canary.Messages(), options, Token).ToChatResponseAsync(Token);

        Assert.Equal(
            ["execute_tool fail", "execute_tool fail", "execute_tool look", "execute_tool look", "invoke_agent agent", "invoke_agent agent"],
            cage.Spans.Select(static span => span.DisplayName).Order(StringComparer.Ordinal));
        cage.AssertNoneOf([.. Canary.Inputs, .. Canary.Outputs, Canary.Exception]);
    }

    [Fact]
    public async Task Agent_ContentOffAndFailing_LeavesNoContentAnywhere()
    {
        using var cage = new CanaryCage();
        using var agent = StubChatClient.Throwing(new InvalidOperationException(Canary.Exception)).UseAgent("agent", cage.Root);

        await Assert.ThrowsAsync<InvalidOperationException>(() => agent.GetResponseAsync(Canary.Messages(), Canary.Options(), Token));

        Assert.Single(cage.Spans);
        cage.AssertNoneOf([.. Canary.Inputs, Canary.Exception]);
    }

    private static StubChatClient Answering() => new()
    {
        OnResponse = static _ => Task.FromResult(new ChatResponse(Canary.AnswerMessage())),
        OnStream = static _ => new StubUpdates([.. new ChatResponse(Canary.AnswerMessage()).ToChatResponseUpdates()]),
    };

    private static string Fail(string at) => throw new InvalidOperationException($"{Canary.Exception} {at}");

    /// <summary>Makes a model that asks for every tool with a canary before it answers, each time it is asked.</summary>
    private static StubChatClient AskingForTools()
    {
        return StubChatClient.Scripted(Asks(), Answers(), Asks(), Answers());

        // Made anew each time: the loop notes on a call that it was made.
        static ChatResponse Asks()
        {
            var arguments = new Dictionary<string, object?> { ["at"] = Canary.Arguments };
            return new(new ChatMessage(
                ChatRole.Assistant, [new FunctionCallContent("c2", "look", arguments), new FunctionCallContent("c3", "fail", arguments)]));
        }

        static ChatResponse Answers() => new(new ChatMessage(ChatRole.Assistant, Canary.Answer));
    }
}
