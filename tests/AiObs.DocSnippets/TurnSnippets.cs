using AiObs.Conversations;
using Microsoft.Extensions.AI;

namespace AiObs.DocSnippets;

internal static class TurnSnippets
{
    public static async Task Ask(AgentConversations conversations, IChatClient client, string userId)
    {
        #region snippet:turns
        TurnResult turn = await conversations.In("acme", userId).ConverseAsync("c-42", "Where is my order?", new() { Client = client });

        Console.WriteLine(turn.Text);
        #endregion

        #region snippet:turns-branch
        await conversations.ConverseAsync(new TurnRequest { ConversationId = "c-42", RegenerateMessageId = turn.Messages[^1].Id });
        await conversations.ConverseAsync(new TurnRequest { ConversationId = "c-42", EditMessageId = turn.Messages[0].Id, Messages = [new(ChatRole.User, "Where is order 1002?")] });
        #endregion
    }

    public static async Task Stream(AgentConversations conversations, string requestId)
    {
        #region snippet:turns-stream
        TurnStream stream = conversations.ConverseStreamingAsync(new()
        {
            ConversationId = "c-42",
            TurnId = requestId,                                                      // whoever tries again sends the same
            Messages = [new(ChatRole.User, "Where is my order?")],
            Options = new() { PartialAnswers = PartialAnswers.KeepHidden, Concurrency = TurnConcurrency.Wait },
        });

        await foreach (ChatResponseUpdate update in stream)
        {
            Console.Write(update.Text);
        }

        TurnResult result = await stream.Result;
        #endregion
    }

    public static async Task Keep(IChatClient client, IServiceProvider services)
    {
        #region snippet:turns-client
        IChatClient kept = client.AsBuilder()
            .UseConversations()
            .UseFunctionInvocation()
            .Build(services);

        ChatResponse answer = await kept.GetResponseAsync("Where is my order?", new() { ConversationId = "c-42" });
        #endregion
    }
}
