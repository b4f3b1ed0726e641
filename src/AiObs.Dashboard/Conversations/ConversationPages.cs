using AiObs.Dashboard.Endpoints;

namespace AiObs.Dashboard.Conversations;

/// <summary>The pages of conversations.</summary>
internal static class ConversationPages
{
    public static void Map(DashboardEndpoints map)
    {
        map.Page("/conversations", ConversationListPage.ReadAsync);
        map.Page("/conversations/chat", ConversationChatPage.ReadAsync);
    }
}
