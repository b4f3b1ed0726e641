using System.Text.Json.Nodes;
using AiObs.Conversations.Tests.Databases;
using AiObs.Store;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Turns;

/// <summary>What holds for every answer, on every store.</summary>
public sealed class TurnProperties(StoreFixture stores)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<StoreKind> Kinds => new(Enum.GetValues<StoreKind>());

    [Theory(Timeout = 4 * HangGuard.Milliseconds)]
    [MemberData(nameof(Kinds))]
    public async Task PlainAndStreamed_LeaveEqualRows(StoreKind kind)
    {
        using var store = await stores.CreateAsync(kind);
        await using var scene = new TurnScene(observe: store.AddTo);
        var number = 0;
        foreach (var steps in Samples(kind))
        {
            var response = AnyAnswer(steps);
            scene.Model.OnResponse = _ => Task.FromResult(AnyAnswer(steps));
            scene.Model.OnStream = _ => new StubUpdates(response.ToChatResponseUpdates());

            var plain = await TurnOfAsync(scene, $"plain-{number}", isStreaming: false);
            var streamed = await TurnOfAsync(scene, $"streamed-{number++}", isStreaming: true);

            Assert.Equal(plain, streamed);
        }
    }

    [Theory(Timeout = 4 * HangGuard.Milliseconds)]
    [MemberData(nameof(Kinds))]
    public async Task CutAnywhere_KeepsWhatWasDelivered_AndTheNextRequestIsValid(StoreKind kind)
    {
        using var store = await stores.CreateAsync(kind);
        await using var scene = new TurnScene(observe: store.AddTo);
        var number = 0;
        foreach (var steps in Samples(kind))
        {
            var updates = AnyAnswer(steps).ToChatResponseUpdates();
            for (var cut = 0; cut <= updates.Length; cut++)
            {
                var id = $"c-{number++}";
                scene.Model.OnStream = _ => cut < updates.Length ? StubUpdates.ThrowingAt(cut, new IOException("away"), updates) : new StubUpdates(updates);
                var stream = scene.Conversations.ConverseStreamingAsync(scene.Request("Question", "t-1") with { ConversationId = id }, Token);
                var delivered = new List<ChatResponseUpdate>();
                await Record.ExceptionAsync(async () =>
                {
                    await foreach (var update in stream)
                    {
                        delivered.Add(update);
                    }
                });

                var rows = await scene.Conversations.ReadMessagesAsync(id, Token).ToArrayAsync(Token);
                Assert.Equal(
                    ["Question", .. delivered.ToChatResponse().Messages.Where(static message => message.Contents.Count > 0).Select(static message => message.Text)], rows.Select(static row => row.ToMessage().Text));
                Assert.All(rows[..^1], static row => Assert.Equal(MessageStatus.Complete, row.Status));
                Assert.Equal(cut < updates.Length, (await scene.Conversations.Store.FindTurnAsync("", id, "t-1", Token))!.State == TurnState.Failed);

                scene.Model.OnResponse = static _ => Task.FromResult(TurnScene.ResponseOf("Next."));
                await scene.Conversations.ConverseAsync(scene.Request("And now?") with { ConversationId = id }, Token);
                Assert.Null(Memory.RequestRules.FindFault([.. scene.Model.Calls[^1].Messages]));
            }
        }
    }

    private static int[][] Samples(StoreKind kind) => [.. Gen.Sample(Gen.Choose(0, 9).ArrayOf(8), kind == StoreKind.Memory ? 200 : 15)];

    /// <summary>Makes an answer: of a step of 0 to 3 a piece of text, of 4 a thought, of 5 a call with its result, of 6 a new message, and so on.</summary>
    private static ChatResponse AnyAnswer(int[] steps)
    {
        List<ChatMessage> messages = [new(ChatRole.Assistant, []) { MessageId = "m-0" }];
        for (var index = 0; index < steps.Length; index++)
        {
            var contents = messages[^1].Contents;
            switch (steps[index])
            {
                case 4:
                    contents.Add(new TextReasoningContent($"hm {index}") { ProtectedData = "AQID" });
                    break;
                case 5:
                    contents.Add(new FunctionCallContent($"call-{index}", "get_weather", new Dictionary<string, object?> { ["city"] = "Oslo" }));
                    messages.Add(new(ChatRole.Tool, [new FunctionResultContent($"call-{index}", "sun")]) { MessageId = $"m-{index}-r" });
                    messages.Add(new(ChatRole.Assistant, []) { MessageId = $"m-{index}" });
                    break;
                case 6:
                    messages.Add(new(ChatRole.Assistant, $"next {index}") { MessageId = $"m-{index}", AuthorName = "ada" });
                    break;
                case 7:
                    contents.Add(new DataContent(new byte[] { 1, 2, 3 }, "image/png"));
                    break;
                case 8:
                    contents.Add(new TextContent($"said {index}") { AdditionalProperties = new() { ["mark"] = index } });
                    break;
                default:
                    contents.Add(new TextContent($"piece {index} "));
                    break;
            }
        }

        return new(messages)
        {
            ResponseId = "r",
            ModelId = "gpt-4o",
            FinishReason = steps is [> 7, ..] ? null : ChatFinishReason.Stop,
            Usage = steps is [_, > 7, ..] ? null : new() { InputTokenCount = 5, OutputTokenCount = steps.Length },
        };
    }

    /// <summary>Does a turn in a conversation of its own, and writes all that is stored of it, but for what is random.</summary>
    private static async Task<string> TurnOfAsync(TurnScene scene, string id, bool isStreaming)
    {
        var request = scene.Request("Question", "t-1") with { ConversationId = id };
        if (isStreaming)
        {
            await scene.Conversations.ConverseStreamingAsync(request, Token).ToArrayAsync(Token);
        }
        else
        {
            await scene.Conversations.ConverseAsync(request, Token);
        }

        var rows = await scene.Conversations.ReadMessagesAsync(id, Token).ToArrayAsync(Token);
        var turn = (await scene.Conversations.Store.FindTurnAsync("", id, "t-1", Token))!;
        return string.Join(
            '\n',
            [
                .. rows.Select(static row => $"{row with { Id = "", Content = null, Commitment = null, EventId = null, CallIds = [] }} {string.Join('|', row.CallIds)} {JsonNode.Parse(row.Content!.Json)!.ToJsonString()}"),
                $"{turn with { Memory = null, Findings = [] }}",
            ]);
    }
}
