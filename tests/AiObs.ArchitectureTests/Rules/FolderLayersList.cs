using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>The folders of a project in their order, lowest first, as <c>FolderLayers.txt</c> has them.</summary>
internal sealed partial class FolderLayersList
{
    /// <summary>Where the lists are written.</summary>
    public const string File = "tests/AiObs.ArchitectureTests/Rules/FolderLayers.txt";

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    private FolderLayersList(string project, int wrong, int inCircles) => (Project, Wrong, InCircles) = (project, wrong, inCircles);

    public string Project { get; }

    /// <summary>How many references may go to a folder that does not stand lower.</summary>
    public int Wrong { get; }

    /// <summary>How many folders may use each other in a circle.</summary>
    public int InCircles { get; }

    public IEnumerable<string> Folders => _places.Keys;

    public static IReadOnlyList<FolderLayersList> Read(string text)
    {
        var lists = new List<FolderLayersList>();
        var lines = text.ReplaceLineEndings("\n").Split('\n').Where(static line => line.Trim().Length > 0 && !line.StartsWith('#'));
        foreach (var (level, line) in lines.Index())
        {
            if (Head().Match(line) is { Success: true } head)
            {
                lists.Add(new(head.Groups["project"].Value, Number(head, "wrong"), Number(head, "circles")));
            }
            else
            {
                lists[^1].Add(level, line);
            }
        }

        return lists;
    }

    public bool Holds(string folder) => _places.ContainsKey(folder);

    /// <summary>Whether a folder may use another one.</summary>
    public bool IsAbove(string upper, string lower)
    {
        var (above, below) = (_places[upper], _places[lower]);

        return above.Level > below.Level || (above.Level == below.Level && above.Column == below.Column && above.Step > below.Step);
    }

    private static int Number(Match head, string name) =>
        int.Parse(head.Groups[name].Value, System.Globalization.CultureInfo.InvariantCulture);

    private void Add(int level, string line)
    {
        foreach (var (column, chain) in line.Split('|').Index())
        {
            foreach (var (step, folders) in chain.Split('<').Index())
            {
                foreach (var folder in folders.Split(',', StringSplitOptions.TrimEntries))
                {
                    _places.Add(folder, new(level, column, step));
                }
            }
        }
    }

    [GeneratedRegex("^(?<project>[^: ]+): (?<wrong>[0-9]+) wrong, (?<circles>[0-9]+) in circles$")]
    private static partial Regex Head();

    private readonly record struct Place(int Level, int Column, int Step);
}
