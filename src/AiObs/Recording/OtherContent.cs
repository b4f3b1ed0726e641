using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>A content item of another library's telemetry that no class of Microsoft.Extensions.AI stands for.</summary>
/// <param name="type">The kind, in that library's word.</param>
/// <param name="members">An object with everything else that was said of it, or <see langword="null"/> when that was all.</param>
internal sealed class OtherContent(string type, JsonElement? members) : AIContent
{
    public string Type => type;

    public JsonElement? Members => members;
}
