namespace AiObs.Libraries.Tests;

/// <summary>Cuts a drawing at its titles, so that a known fault is marked in the parts where it stands.</summary>
internal static class PictureParts
{
    public static IEnumerable<(string Title, string Text)> Of(string drawing)
    {
        var title = "";
        List<string> lines = [];
        foreach (var line in drawing.Split('\n'))
        {
            if (!line.StartsWith(' '))
            {
                if (lines.Count > 0)
                {
                    yield return (title, string.Join('\n', lines));
                }

                title = line;
                lines.Clear();
                continue;
            }

            lines.Add(line);
        }

        yield return (title, string.Join('\n', lines));
    }
}
