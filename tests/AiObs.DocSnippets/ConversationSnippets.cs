using AiObs.Conversations;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

internal static class ConversationSnippets
{
    public static void Keep(IServiceCollection services)
    {
        #region snippet:conversations
        services.AddAgentObservability()
            .AddStore(s => s.UseSqlite("Data Source=aiobs.db"))
            .AddConversations();
        #endregion
    }

    public static async Task Turn(AgentConversations conversations, IChatClient client)
    {
        #region snippet:conversations-turn
        await conversations.CreateAsync(new() { Id = "c-42", UserId = "ada" });

        using var scope = AgentContext.Begin(conversationId: "c-42", userId: "ada");
        await conversations.AddMessageAsync("c-42", new(ChatRole.User, "Where is my order?"));

        MemoryResult shown = await conversations.ApplyMemoryAsync("c-42");
        ChatResponse response = await client.GetResponseAsync(shown.Messages);
        await conversations.AddMessagesAsync("c-42", response.Messages, turnId: shown.TurnId);
        #endregion
    }

    public static async Task Read(AgentConversations conversations)
    {
        #region snippet:conversations-read
        await foreach (StoredMessage message in conversations.ReadMessagesAsync("c-42"))
        {
            Console.WriteLine($"{message.Sequence} {message.Role}: {message.ToMessage().Text}");
        }

        StoredMessage[] latest = await conversations.ReadMessagesAsync(new() { ConversationId = "c-42", IsDescending = true }).Take(10).ToArrayAsync();
        #endregion
    }

    public static async Task Branch(AgentConversations conversations)
    {
        #region snippet:conversations-branch
        int branch = await conversations.ForkAsync("c-42", afterSequence: 1);
        await conversations.AddMessageAsync("c-42", new(ChatRole.Assistant, "Let me look again."));

        await conversations.SwitchAsync("c-42", 0);
        #endregion
    }

    public static void Expire(IServiceCollection services)
    {
        #region snippet:conversations-expiry
        services.AddAgentObservability().AddConversations(c =>
        {
            c.TimeToLive = TimeSpan.FromDays(90);
            c.EraseExpiredEvery = TimeSpan.FromHours(1);
        });
        #endregion
    }

    public static async Task View(AgentConversations conversations, string tenant, string userId)
    {
        #region snippet:conversations-tenant
        AgentConversations mine = conversations.In(tenant, userId);

        await mine.CreateAsync(new() { Id = "c-42" });
        ConversationPage page = await mine.ListAsync(new() { Tags = ["urgent"] });
        #endregion
    }
}
