using System.Text.Json.Serialization;

namespace FakeModelServer;

/// <summary>Says how the server's answer to a request ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestOutcome>))]
public enum RequestOutcome
{
    /// <summary>The whole reply was sent.</summary>
    Answered,

    /// <summary>The server cut the connection, as scripted or because a callback of the script failed.</summary>
    Cut,

    /// <summary>The client went away before the end.</summary>
    Disconnected,
}
