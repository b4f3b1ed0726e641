using Microsoft.Extensions.AI;

namespace AiObs.Store.Tests.Conversations.Contents;

/// <summary>A content of an application's own.</summary>
public sealed class WeatherContent : AIContent
{
    public int Degrees { get; set; }
}
