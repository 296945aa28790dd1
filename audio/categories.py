"""The categories of podcast directories: Apple's list, which the others follow, each name exactly as it is written."""

from __future__ import annotations

# Apple Podcasts for creators, "Apple Podcasts categories"; the list has not changed since 2019.
CATEGORIES: dict[str, tuple[str, ...]] = {
    category: tuple(filter(None, subcategories.split(", ")))
    for category, subcategories in {
        "Arts": "Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts",
        "Business": "Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit",
        "Comedy": "Comedy Interviews, Improv, Stand-Up",
        "Education": "Courses, How To, Language Learning, Self-Improvement",
        "Fiction": "Comedy Fiction, Drama, Science Fiction",
        "Government": "",
        "Health & Fitness": "Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality",
        "History": "",
        "Kids & Family": "Education for Kids, Parenting, Pets & Animals, Stories for Kids",
        "Leisure": "Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games",
        "Music": "Music Commentary, Music History, Music Interviews",
        "News": "Business News, Daily News, Entertainment News, News Commentary, Politics, Sports News, Tech News",
        "Religion & Spirituality": "Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality",
        "Science": "Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, Nature, "
        "Physics, Social Sciences",
        "Society & Culture": "Documentary, Personal Journals, Philosophy, Places & Travel, Relationships",
        "Sports": "Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, Soccer, "
        "Swimming, Tennis, Volleyball, Wilderness, Wrestling",
        "Technology": "",
        "True Crime": "",
        "TV & Film": "After Shows, Film History, Film Interviews, Film Reviews, TV Reviews",
    }.items()
}


def is_category(path: tuple[str, ...]) -> bool:
    """Tell whether a category, or a category with one of its subcategories, stands in the list.

    >>> is_category(("News", "Daily News")), is_category(("Notizie",))
    (True, False)
    """
    match path:
        case (category,):
            return category in CATEGORIES
        case (category, subcategory):
            return subcategory in CATEGORIES.get(category, ())
        case _:
            return False
