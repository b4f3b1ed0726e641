using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>What a flag hides reaches neither spans nor log records nor measurements, not even in the message of an exception that quotes all of it.</summary>
public sealed class HiddenContentTests
{
    private static readonly string[] Texts = [Canary.Instructions, Canary.Text, Canary.Result];
    private static readonly string[] Messages = [.. Texts, Canary.ImageBase64, Canary.Address, Canary.Author, Canary.Arguments];
    private static readonly string[] Tools = [Canary.ToolDescription, Canary.ToolSchema];

    public static TheoryData<string, string[]> Flags => new()
    {
        { nameof(PrivacyOptions.HideInputs), [.. Messages, .. Tools, Canary.Property] },
        { nameof(PrivacyOptions.HideInputMessages), Messages },
        { nameof(PrivacyOptions.HideInputText), Texts },
        { nameof(PrivacyOptions.HideInputImages), [Canary.ImageBase64, Canary.Address] },
        { nameof(PrivacyOptions.HideOutputs), Canary.Outputs },
        { nameof(PrivacyOptions.HideOutputMessages), Canary.Outputs },
        { nameof(PrivacyOptions.HideOutputText), [Canary.Answer, Canary.Reasoning] },
        { nameof(PrivacyOptions.HideLlmTools), Tools },
        { nameof(PrivacyOptions.HideLlmInvocationParameters), [Canary.StopSequence, Canary.Property] },
    };

    [Theory]
    [MemberData(nameof(Flags))]
    public async Task Chat_OneFlag_HidesItsPartEverywhere(string flag, string[] hidden)
    {
        using var cage = new CanaryCage(options =>
        {
            options.CaptureContent = ContentCapture.All;
            options.RecordedAdditionalProperties.Add("note");
            typeof(PrivacyOptions).GetProperty(flag)!.SetValue(options.Privacy, true);
        });
        using var stub = new StubChatClient
        {
            OnResponse = static _ => Task.FromResult(new ChatResponse(Canary.AnswerMessage())),
            OnStream = static _ => new StubUpdates([.. new ChatResponse(Canary.AnswerMessage()).ToChatResponseUpdates()]),
        };

        await cage.CallAsync(stub, string.Join(' ', hidden), TestContext.Current.CancellationToken);

        cage.AssertNoneOf(hidden);
        cage.AssertEachOf([.. new[] { Canary.Text, Canary.Answer }.Except(hidden)]);
    }

    [Fact]
    public async Task Chat_OutputsHiddenAndAnswerPassedBack_HidesTheAnswerOnTheWayOut()
    {
        using var cage = new CanaryCage(static options =>
        {
            options.CaptureContent = ContentCapture.All;
            options.Privacy.HideOutputs = true;
        });
        using var client = StubChatClient.Answering(new ChatResponse(Canary.AnswerMessage())).UseAgentObservability(cage.Root);

        var response = await client.GetResponseAsync(Canary.Text, cancellationToken: TestContext.Current.CancellationToken);
        cage.AssertNoneOf(Canary.Outputs);

        // What was answered is an input of the next call, and inputs are shown.
        await client.GetResponseAsync(response.Messages, cancellationToken: TestContext.Current.CancellationToken);
        cage.AssertEachOf(Canary.Answer);
    }
}
