namespace AiObs.Pictures;

/// <summary>A picture cut at its headers; what stands above the first one has no title.</summary>
internal sealed class PictureSections
{
    private const string Mark = "== ";

    private PictureSections(List<KeyValuePair<string, string>> all) => All = all;

    /// <summary>Gets titles and texts in order; the text includes the header.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All { get; }

    public static string Header(string title) => $"{Mark}{title} ==";

    public static PictureSections Of(string text)
    {
        List<KeyValuePair<string, string>> sections = [];
        List<string> lines = [];
        var title = "";
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                Close(sections, title, lines);
                title = line;
            }

            lines.Add(line);
        }

        Close(sections, title, lines);

        return new(sections);
    }

    /// <summary>Returns the text of a section, or null where there is none of that title.</summary>
    public string? Find(string title) => All.Where(section => section.Key == title).Select(section => section.Value).FirstOrDefault();

    /// <summary>Returns these sections with those of the other picture in the place of the ones with the same title.</summary>
    public PictureSections With(PictureSections other) =>
        new([.. All.Select(section => KeyValuePair.Create(section.Key, other.Find(section.Key) ?? section.Value))]);

    public bool SaysTheSameAs(PictureSections other) => All.SequenceEqual(other.All);

    private static void Close(List<KeyValuePair<string, string>> sections, string title, List<string> lines)
    {
        var text = string.Join('\n', lines).TrimEnd('\n');
        lines.Clear();
        if (title.Length > 0 || text.Length > 0)
        {
            sections.Add(new(title, text));
        }
    }
}
