using AiObs.Conversations;
using AiObs.Memory;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

internal static class MemorySnippets
{
    public static async Task Use(IChatClient model, IChatClient small, List<ChatMessage> history)
    {
        #region snippet:memory-use
        IMemoryStrategy[] memory = [new ToolResultMemory(), new SummaryMemory(small), new TokenBudgetMemory()];
        IChatClient client = model.AsBuilder()
            .UseFunctionInvocation()
            .UseChatReducer(memory.AsChatReducer(new() { Model = "gpt-4o", MaxOutputTokens = 4_000 }))
            .Build();
        #endregion

        await client.GetResponseAsync(history);
    }

    public static async Task Conversation(IServiceCollection services, IChatClient small, AgentConversations conversations)
    {
        #region snippet:memory-conversation
        services.AddAgentObservability().AddConversations(c =>
        {
            c.Memory.Add(new SummaryMemory(small));
            c.Memory.Add(new TokenBudgetMemory());
        });
        #endregion

        #region snippet:memory-apply
        MemoryResult shown = await conversations.ApplyMemoryAsync("c-42", new() { Model = "gpt-4o", MaxOutputTokens = 4_000 });
        #endregion
    }

    public static IChatReducer Decisions()
    {
        MemoryResult? last = null;

        #region snippet:memory-decisions
        IChatReducer reducer = new WindowMemory(20).AsChatReducer(onReduced: result =>
        {
            foreach (MemoryDecision decision in result.Decisions)
            {
                Console.WriteLine($"{decision.MessageId} {decision.Action} {decision.Strategy} {decision.Reason}");
            }

            foreach (MemoryDecision forgotten in last is null ? [] : result.DiffFrom(last).Left)
            {
                Console.WriteLine($"since the last turn the model does not see {forgotten.MessageId}: {forgotten.Reason}");
            }

            last = result;
        });
        #endregion

        return reducer;
    }

    public static IMemoryStrategy Foreign()
    {
        #region snippet:memory-foreign
        IMemoryStrategy strategy = new ReducerMemory(new MessageCountingChatReducer(20));
        #endregion

        return strategy;
    }
}
