using System.Text;

namespace AiObs.Recording;

/// <summary>Names kinds of content and tools that the message schema has no name for.</summary>
internal static class TypeNames
{
    /// <summary>Turns a class name into snake case, without the given prefix and suffix: <c>HostedFileSearchTool</c> is <c>file_search</c>.</summary>
    public static string SnakeCase(Type type, string prefix, string suffix)
    {
        var name = type.Name.AsSpan();
        if (name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length)
        {
            name = name[prefix.Length..];
        }

        if (name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length)
        {
            name = name[..^suffix.Length];
        }

        var result = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }
}
