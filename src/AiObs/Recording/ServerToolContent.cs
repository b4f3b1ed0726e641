using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>A call of a tool that the provider runs itself, or its result, as another library's telemetry tells of it.</summary>
/// <param name="id">The id of the call.</param>
/// <param name="name">The tool's name; <see langword="null"/> for a result.</param>
/// <param name="payload">An object whose <c>type</c> says which tool it is.</param>
internal sealed class ServerToolContent(string? id, string? name, JsonElement payload) : AIContent
{
    public string? Id => id;

    public string? Name => name;

    public JsonElement Payload => payload;
}
