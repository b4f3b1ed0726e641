using System.Diagnostics;
using AiObs.TestSupport;
using FakeModelServer;
using OpenAI.Chat;
using OpenAI.Responses;

namespace AiObs.OpenAI.Tests;

/// <summary>Streams that do not come to their end.</summary>
public sealed class StreamTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_Read_DelaysNoPieceAndAsksForNoneAhead()
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        var hasSeenFirst = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Server.Enqueue(ModelReply.Say("Sun", "ny.") with
        {
            // The server sends the second piece only when the caller has the first.
            BeforePiece = (index, token) => index == 0 ? Task.CompletedTask : hasSeenFirst.Task.WaitAsync(token),
        });

        var text = "";
        await foreach (var update in client.Chat.CompleteChatStreamingAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken))
        {
            text += string.Concat(update.ContentUpdate.Select(static part => part.Text));
            if (text == "Sun")
            {
                hasSeenFirst.SetResult();
            }
        }

        Assert.Equal("Sunny.", text);
        Assert.Equal("Sunny.", client.Span.GetTagItem("output.value"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_Abandoned_EndsWithWhatCame(bool isSync)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        client.Server.Enqueue(Endless("Sun"));

        await ReadFirstPieceAsync(client, isSync);

        SpanAssert.Status(ActivityStatusCode.Unset, null, client.Span);
        Assert.Equal(("abandoned", "Sun"), (client.Span.GetTagItem("aiobs.stream.outcome"), client.Span.GetTagItem("output.value")));
    }

    [Fact]
    public async Task Stream_AbandonedWithContentOff_HasTheWholeDictionary()
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(Endless("Sun"));

        await ReadFirstPieceAsync(client, isSync: false);

        SpanAssert.Attributes(ExpectedTags.Chat(client.Server).Streamed("abandoned", chunks: 2).With(new()
        {
            ["gen_ai.response.id"] = "chatcmpl-fake000001",
            ["gen_ai.response.model"] = "gpt-4o",
            ["llm.response.model_name"] = "gpt-4o",
            ["openai.response.service_tier"] = "default",
            ["openai.response.system_fingerprint"] = "fp_fake",
        }), client.Span);
    }

    [Theory]
    [InlineData(CallStyle.Streamed)]
    [InlineData(CallStyle.StreamedSync)]
    public async Task Stream_LeftWhenAllOfItHasCome_IsAbandonedWithWhatWasAskedFor(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        client.Server.Enqueue(Whole);

        if (style == CallStyle.Streamed)
        {
            await foreach (var update in client.Chat.CompleteChatStreamingAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken))
            {
                if (await IsPieceAsync(client, update, "ny"))
                {
                    break;
                }
            }
        }
        else
        {
            foreach (var update in client.Chat.CompleteChatStreaming([new UserChatMessage("Weather?")], cancellationToken: TestToken))
            {
                if (await IsPieceAsync(client, update, "ny"))
                {
                    break;
                }
            }
        }

        Assert.Equal(
            ("abandoned", "Sunny", 3L),
            (client.Span.GetTagItem("aiobs.stream.outcome"), client.Span.GetTagItem("output.value"), client.Span.GetTagItem("aiobs.stream.chunks")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_Cancelled_IsToldFromAbandoned(bool whileReading)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        client.Server.Enqueue(Endless("Sun"));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestToken);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.Chat.CompleteChatStreamingAsync(
                [new UserChatMessage("Weather?")], cancellationToken: cancellation.Token))
            {
                if (update.ContentUpdate is [{ Text: "Sun" }])
                {
                    await (whileReading ? CancelSoonAsync(cancellation) : cancellation.CancelAsync());
                }
            }
        });

        Assert.Equal(("cancelled", "Sun"), (client.Span.GetTagItem("aiobs.stream.outcome"), client.Span.GetTagItem("output.value")));
    }

    [Theory]
    [InlineData(CallStyle.Streamed)]
    [InlineData(CallStyle.StreamedSync)]
    public async Task Stream_ConnectionCut_IsAFailureWithWhatCame(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        client.Server.Enqueue(ModelReply.Say("Sun", "ny", ".") with { CutAfterPieces = 2 });

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => client.AskAsync(style));

        SpanAssert.Status(ActivityStatusCode.Error, thrown.Message, client.Span);
        Assert.Equal(
            ("failed", thrown.GetType().FullName, "Sunny"),
            (client.Span.GetTagItem("aiobs.stream.outcome"), client.Span.GetTagItem("error.type"), client.Span.GetTagItem("output.value")));
    }

    [Fact]
    public async Task Stream_ErrorInChat_IsAFailure()
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        client.Server.Enqueue(ModelReply.Say("Sun", "ny.") with { Error = new ModelError { AfterPieces = 1 } });

        await client.AskAsync(CallStyle.Streamed);

        SpanAssert.Status(ActivityStatusCode.Error, "The server had an error while processing your request.", client.Span);
        Assert.Equal(
            ("failed", "server_error", "Sun"),
            (client.Span.GetTagItem("aiobs.stream.outcome"), client.Span.GetTagItem("error.type"), client.Span.GetTagItem("output.value")));
    }

    [Fact]
    public async Task Stream_ErrorInResponse_IsAFailure()
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Say("Sun", "ny.") with { Error = new ModelError { Status = 429, AfterPieces = 1 } });

        // Whether the SDK throws or hands the event on is its own affair.
        await Record.ExceptionAsync(() => client.RespondAsync(CallStyle.Streamed, new CreateResponseOptions
        {
            Model = "gpt-5",
            StreamingEnabled = true,
            InputItems = { ResponseItem.CreateUserMessageItem("Weather?") },
        }));

        Assert.Equal(
            ("failed", "rate_limit_exceeded"), (client.Span.GetTagItem("aiobs.stream.outcome"), client.Span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Stream_NobodyReads_LeavesNoSpan()
    {
        await using var client = await RawClient.StartAsync();

        _ = client.Chat.CompleteChatStreamingAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken);

        Assert.Empty(client.Spans.Started);
        Assert.Empty(client.Server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_Read_LeavesTheCallersFlowAlone(bool isSync)
    {
        await using var client = await RawClient.StartAsync();
        using var caller = new Activity("caller").Start();
        List<Activity?> seen = [];
        client.Server.Enqueue(ModelReply.Say("Sun", "ny."));

        if (isSync)
        {
            foreach (var update in client.Chat.CompleteChatStreaming([new UserChatMessage("Weather?")], cancellationToken: TestToken))
            {
                seen.Add(Activity.Current);
            }
        }
        else
        {
            await foreach (var update in client.Chat.CompleteChatStreamingAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken))
            {
                seen.Add(Activity.Current);
            }
        }

        Assert.All(seen.Append(Activity.Current), current => Assert.Same(caller, current));
        Assert.Equal(caller.SpanId, client.Span.ParentSpanId);
    }

    private static ModelReply Whole => ModelReply.Say("Sun", "ny", ".");

    /// <summary>Tells whether a piece has come, once the server has sent all of them.</summary>
    private static async Task<bool> IsPieceAsync(RawClient client, StreamingChatCompletionUpdate update, string text)
    {
        await client.Server.Requests[0].Finished;
        return update.ContentUpdate.Any(part => part.Text == text);
    }

    private static ModelReply Endless(params string[] pieces) => ModelReply.Say([.. pieces, "never"]) with
    {
        BeforePiece = (index, token) => index < pieces.Length ? Task.CompletedTask : new TaskCompletionSource().Task.WaitAsync(token),
    };

    private static async Task ReadFirstPieceAsync(RawClient client, bool isSync)
    {
        if (isSync)
        {
            foreach (var update in client.Chat.CompleteChatStreaming([new UserChatMessage("Weather?")], cancellationToken: TestToken))
            {
                if (update.ContentUpdate.Count > 0 && update.ContentUpdate[0].Text == "Sun")
                {
                    break;
                }
            }

            return;
        }

        await foreach (var update in client.Chat.CompleteChatStreamingAsync([new UserChatMessage("Weather?")], cancellationToken: TestToken))
        {
            if (update.ContentUpdate is [{ Text: "Sun" }])
            {
                break;
            }
        }
    }

    /// <summary>Cancels from elsewhere, when the caller waits for the next piece or is about to.</summary>
    private static Task CancelSoonAsync(CancellationTokenSource cancellation)
    {
        _ = Task.Run(cancellation.Cancel, CancellationToken.None);
        return Task.CompletedTask;
    }
}
