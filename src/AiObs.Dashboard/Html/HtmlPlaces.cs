namespace AiObs.Dashboard.Html;

/// <summary>Follows markup from place to place.</summary>
internal static class HtmlPlaces
{
    private const string Title = "<title";

    /// <summary>Returns the place after a literal.</summary>
    public static HtmlPlace After(ReadOnlySpan<char> literal, HtmlPlace place)
    {
        // From mark to mark, as most of a page is between them.
        var tag = 0;
        for (var index = 0; ;)
        {
            var found = place switch
            {
                HtmlPlace.Content or HtmlPlace.Title => literal[index..].IndexOf('<'),
                HtmlPlace.Tag => literal[index..].IndexOfAny('>', '"'),
                _ => literal[index..].IndexOf('"'),
            };
            if (found < 0)
            {
                return place;
            }

            index += found;
            switch (place)
            {
                case HtmlPlace.Content or HtmlPlace.Title:
                    place = HtmlPlace.Tag;
                    tag = index;
                    break;
                case HtmlPlace.Tag when literal[index] == '"':
                    place = HtmlPlace.Quoted;
                    break;
                case HtmlPlace.Tag:
                    place = literal[tag..index].StartsWith(Title, StringComparison.Ordinal) ? HtmlPlace.Title : HtmlPlace.Content;
                    break;
                default:
                    place = HtmlPlace.Tag;
                    break;
            }

            index++;
        }
    }
}
