using System.Text.RegularExpressions;

namespace WeatherAgent.Tests;

/// <summary>Makes what two runs show comparable.</summary>
internal static partial class ShownText
{
    /// <summary>Takes out what differs from run to run, and keeps the columns.</summary>
    public static string Normalize(string output)
    {
        var text = ConversationId().Replace(output, "weather-########");
        text = FirstChunk().Replace(text, "$1 #");

        return Duration().Replace(text, match => "# ms".PadLeft(match.Length));
    }

    [GeneratedRegex("weather-[0-9a-f]{8}")]
    private static partial Regex ConversationId();

    [GeneratedRegex(@"(time_to_first_chunk) \d+\.\d{3}(?=\n)")]
    private static partial Regex FirstChunk();

    [GeneratedRegex(@" +[\d,]+ ms(?=\n)")]
    private static partial Regex Duration();
}
