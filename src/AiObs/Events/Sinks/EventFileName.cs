using System.Globalization;

namespace AiObs.Events.Sinks;

/// <summary>The name of one of the files of a path: which day it was begun on, and its number.</summary>
/// <param name="Day">The day.</param>
/// <param name="Number">The number, counted from 1 on each day.</param>
internal readonly record struct EventFileName(DateOnly Day, int Number) : IComparable<EventFileName>
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Returns the full path of this file.</summary>
    public string In(string path) => Path.Combine(
        DirectoryOf(path),
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}-{Day:yyyy-MM-dd}.{Number:0000}{Path.GetExtension(path)}"));

    /// <summary>Finds the files of a path, in the order in which they were begun.</summary>
    public static IReadOnlyList<EventFileName> Find(string path)
    {
        var directory = DirectoryOf(path);
        return Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory).Select(file => Parse(path, file)).OfType<EventFileName>().Order()]
            : [];
    }

    public static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    public int CompareTo(EventFileName other) => (Day, Number).CompareTo((other.Day, other.Number));

    private static EventFileName? Parse(string path, string file)
    {
        var name = Path.GetFileName(file);
        var prefix = Path.GetFileNameWithoutExtension(path) + "-";
        var extension = Path.GetExtension(path);
        if (name.Length <= prefix.Length + extension.Length
            || !name.StartsWith(prefix, StringComparison.Ordinal)
            || !name.EndsWith(extension, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = name[prefix.Length..(name.Length - extension.Length)].Split('.');
        return parts.Length == 2
            && DateOnly.TryParseExact(parts[0], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(day, number)
            : null;
    }
}
