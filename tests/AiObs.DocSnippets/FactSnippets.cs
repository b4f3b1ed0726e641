using AiObs.Conversations;
using AiObs.Facts;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.DocSnippets;

internal static class FactSnippets
{
    public static async Task Use(AgentConversations conversations, string userId, DateTimeOffset lastWeek)
    {
        #region snippet:facts
        AgentFacts facts = conversations.In("acme", userId).Facts;

        await facts.SaveAsync("city", "Rome");
        await facts.SaveAsync("city", "Oslo");                                       // ends the one before
        IReadOnlyList<Fact> now = await facts.ListAsync();                           // city = Oslo
        IReadOnlyList<Fact> then = await facts.ListAsync(new() { UserId = userId, AsOf = lastWeek });
        #endregion
    }

    public static async Task Extract(AgentConversations conversations, IChatClient small, string userId)
    {
        #region snippet:facts-extract
        FactExtraction found = await conversations.In("acme", userId).Facts.ExtractAsync("c-42", new ModelFactExtractor(small));

        Console.WriteLine($"{found.Saved.Count} saved, {found.Skipped.Count} not: {string.Join(", ", found.Skipped.Select(fact => fact.Reason))}");
        #endregion
    }

    public static async Task Show(AgentConversations conversations, IChatClient client, string userId)
    {
        #region snippet:facts-show
        ChatMessage? known = await conversations.In("acme", userId).Facts.ToMessageAsync();
        var shown = await conversations.In("acme", userId).ApplyMemoryAsync("c-42", injected: known is null ? [] : [known]);

        ChatResponse answer = await client.GetResponseAsync(shown.Messages);
        #endregion
    }
}
