using AiObs.Pictures;

namespace AiObs.Libraries.Tests;

/// <summary>Cuts a drawing at its titles, so that a known fault is marked in the parts where it stands.</summary>
internal static class DrawnParts
{
    // Each picture has all of them: a mended fault may fill a part that is empty today.
    private static readonly string[] Titles = ["caller", "spans", "costs", "events", "metrics", "logs"];

    public static Picture Of(string drawing)
    {
        var parts = Titles.ToDictionary(title => title, _ => new List<string>());
        var part = parts[Titles[0]];
        foreach (var line in drawing.Split('\n').Where(line => line.Length > 0))
        {
            // A text of several lines may begin one without an indentation.
            if (parts.TryGetValue(line, out var next))
            {
                part = next;
            }
            else
            {
                part.Add(line);
            }
        }

        return Titles.Aggregate(new Picture(), (picture, title) => picture.Add(title, TextOf(parts[title])));
    }

    private static string TextOf(List<string> lines) => lines.Count > 0 ? string.Join('\n', lines) : "  nothing";
}
