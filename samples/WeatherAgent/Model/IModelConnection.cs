using Microsoft.Extensions.AI;

namespace WeatherAgent.Model;

/// <summary>A chat client, and who answers behind it.</summary>
internal interface IModelConnection : IAsyncDisposable
{
    IChatClient Client { get; }

    /// <summary>Gets what the user should know about who answers.</summary>
    string Description { get; }
}
